namespace Interclustering.Node.Publishing.EditPage;

/// <summary>What the buttons of the form that keep something ask for: the values of <c>do</c>.</summary>
internal static class SaveActions
{
    public const string Publish = "publish", Draft = "draft", Schedule = "schedule";

    /// <summary>Keeps it as a draft, and asks a second member to read it.</summary>
    public const string Review = "review";

    /// <summary>Publishes what has another date: it is the same event, and says so.</summary>
    public const string Reschedule = "reschedule";

    /// <summary>Publishes what has another date: the one of before was never true.</summary>
    public const string Correct = "correct";

    /// <summary>What was typed is something else: it becomes a new form.</summary>
    public const string Another = "another";
}
