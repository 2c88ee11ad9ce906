using Interclustering.Contracts;

namespace Interclustering.Tests.Hub;

internal static class Happening
{
    public static Event On(string start, string? end = null, string title = "Petit déjeuner") =>
        new() { Nonce = "n", Title = title, Sessions = [new Session("1", start, end)] };
}
