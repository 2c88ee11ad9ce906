using Interclustering.Contracts;

namespace Interclustering.Testing;

internal static class Happening
{
    public static Event On(string start, string? end = null, string title = "Petit déjeuner") =>
        new() { Nonce = "0123456789abcdef0123456789abcdef", Title = title, Sessions = [new Session("1", start, end)] };
}
