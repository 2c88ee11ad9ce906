namespace Interclustering.Server.Commands;

/// <summary>How far something is, on one line of the terminal; nothing where the output goes to a file.</summary>
internal sealed class ProgressBar(string what) : IProgress<(long Done, long Total)>
{
    private const int Width = 30;

    public void Report((long Done, long Total) value)
    {
        if (Console.IsErrorRedirected || value.Total == 0)
        {
            return;
        }

        var filled = (int)(Width * value.Done / value.Total);
        Console.Error.Write($"\r{what} [{new string('#', filled)}{new string('.', Width - filled)}] {value.Done}/{value.Total}");
        if (value.Done >= value.Total)
        {
            Console.Error.WriteLine();
        }
    }
}
