namespace Interclustering.Server.Doctor;

/// <summary>How a thing is.</summary>
internal enum Standing
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>It works, and an operator should know.</summary>
    Look,

    /// <summary>It does not work.</summary>
    Wrong,
}

/// <summary>One line of what <c>doctor</c> says.</summary>
/// <param name="Subject">What was looked at: a participant, an address, a folder.</param>
/// <param name="Standing">How it is.</param>
/// <param name="Words">What was found.</param>
/// <param name="Remedy">What to do; null where nothing is to be done.</param>
internal sealed record Finding(string Subject, Standing Standing, string Words, string? Remedy = null)
{
    public static Finding Good(string subject, string words) => new(subject, Standing.Good, words);

    public static Finding Look(string subject, string words, string remedy) => new(subject, Standing.Look, words, remedy);

    public static Finding Wrong(string subject, string words, string remedy) => new(subject, Standing.Wrong, words, remedy);

    public override string ToString()
    {
        var mark = Standing switch { Standing.Good => "ok   ", Standing.Look => "LOOK ", _ => "WRONG" };
        return $"{mark}  {Subject,-28}  {Words}" + (Remedy is null ? "" : $"\n         {"",-28}  → {Remedy}");
    }
}
