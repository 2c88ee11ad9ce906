using System.Diagnostics;
using System.Globalization;

/// <summary>
/// Ends the server it is loaded into at a named step of the protocol: <c>INTERCLUSTERING_KILL_AT=commit:before:2</c> at the second one. The
/// runtime asks for a class of this very name, in no namespace (<c>DOTNET_STARTUP_HOOKS</c>).
/// </summary>
internal static class StartupHook
{
    private static int left;

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("INTERCLUSTERING_KILL_AT")?.Split(':') is not [var step, var when, var nth])
        {
            return;
        }

        left = int.Parse(nth, CultureInfo.InvariantCulture);
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Interclustering.Federation.Steps",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        if (when == "before")
        {
            listener.ActivityStarted = activity => KillAt(activity, step);
        }
        else
        {
            listener.ActivityStopped = activity => KillAt(activity, step);
        }

        ActivitySource.AddActivityListener(listener);
    }

    private static void KillAt(Activity activity, string step)
    {
        // The participant's tag is set after the start: the step alone must do.
        if (activity.OperationName == step && Interlocked.Decrement(ref left) == 0)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
