using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Interclustering.IntegrationTests.Fuzz;

/// <summary>What a browser of the server holds: its cookies, and the token of a form.</summary>
internal sealed record Visitor(string Cookies, string FormToken)
{
    public static Visitor Stranger { get; } = new("", "");
}

/// <summary>A request as it goes over the wire.</summary>
/// <param name="Bytes">All that is sent.</param>
/// <param name="IsWhole">Otherwise the sender goes away in the middle of it.</param>
internal sealed record OddRequest(byte[] Bytes, bool IsWhole = true);

/// <summary>Requests that no browser sends: each is made of the seed and its number alone.</summary>
/// <param name="seed">The same one makes the same requests.</param>
/// <param name="endpoints">What the server answers.</param>
/// <param name="fields">Names of fields that its forms have.</param>
/// <param name="subjects">Ids of publications.</param>
internal sealed class OddRequests(int seed, IReadOnlyList<ServerEndpoint> endpoints, IReadOnlyList<string> fields,
    IReadOnlyList<string> subjects)
{
    private static readonly string[] Values = [
        "", " ", "0", "-1", "1", "7", "2147483648", "99999999999999999999999", "NaN", "1e309", "true", "null", "[]", "{}", "'", "\"",
            "<script>", "../../etc/passwd", "..\\..", "%", "%s",
        "\0", "a\0b", "\r\nX: y", "\u202e", "\ufeff", "😀", "é", "e\u0301", "İ", "ß", "œuvre", "2026-11-23", "2026-02-30", "0001-01-01",
            "9999-12-31", "10000-01-01", "2026-W48", "2026-W60",
        "0000-W00", "2026-11", "2026-13", "0000-00", "9999-99", "2026-11-23T09:00:00", "9999-12-31T23:59:59", "0001-01-01T00:00:00Z",
            "09:00", "25:61", "bsc", "lsn", "hub", "event", "webinar",
        "best-practice", "person", "draft", "published", "on", "yes", "publish", "save", "radar", "public", "members", "staff", "online",
            "logistique-urbaine", "administrator", "urn:x",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "https://example.invalid/",
            "http://127.0.0.1:1/", "javascript:alert(1)", "//", "a@b", "a@b.example",
        "Europe/Paris", "europe/paris", "Mars/Olympus", "FREQ=DAILY;COUNT=3", "RRULE:FREQ=DAILY;COUNT=999999",
            "RRULE:FREQ=SECONDLY;BYHOUR=1;COUNT=9", "tous les mardis 3 fois", "# Titre\n\n* un\n* deux",
        new('>', 140), new('[', 300), new('a', 2000), string.Concat(Enumerable.Repeat("🎉é", 300)), "*", "?", "\\", "W/\"x\"", "bytes=0-",
            "id,url,publication.title", "x:1", "-",
    ];

    private static readonly string[] Names = [
        "q", "from", "to", "around", "past", "page", "start", "theme", "cluster", "region", "kind", "audience", "format", "attendance",
            "status", "fields", "cursor", "limit", "changes",
        "updatedAfter", "layout", "month", "date", "themes", "audiences", "self", "retour", "dryRun", "etat", "version", "a", "b", "x",
    ];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "get", "X"];

    private static readonly string[] RawParts = ["%", "%zz", "%00", "%ff%fe", "%2e%2e%2f", "%c0%af", "é", "\u0001", "[", "|", "..", "//",
        "%25", "+", "%F0%9F%98%80", "%ED%A0%80"];

    /// <param name="number">Which one.</param>
    /// <param name="staff">Who may be signed in.</param>
    /// <param name="stranger">Who is not, with a form's token all the same.</param>
    public OddRequest Make(int number, Visitor staff, Visitor stranger)
    {
        var dice = new Random(unchecked((seed * 1_000_003) + number));
        if (dice.Next(12) == 0)
        {
            return Broken(dice);
        }

        var endpoint = endpoints[dice.Next(endpoints.Count)];
        var method = dice.Next(10) == 0 || endpoint.Methods.Count == 0 ? Methods[dice.Next(Methods.Length)]
            : endpoint.Methods[dice.Next(endpoint.Methods.Count)];
        var isWorkspace = endpoint.Pattern.RawText?.StartsWith("/espace/", StringComparison.Ordinal) == true;
        var visitor = dice.Next(isWorkspace ? 6 : 3) switch { 0 => Visitor.Stranger, 1 => stranger, _ => staff };
        // A session that has ended would meet the door alone for the rest of the round.
        visitor = visitor == staff && EndsTheSession(endpoint) ? stranger : visitor;
        var head = new StringBuilder().Append(method).Append(' ').Append(dice.Next(8) == 0 ? "/en" : "")
            .Append(PathOf(endpoint.Pattern, dice)).Append(QueryOf(dice)).Append(" HTTP/1.1\r\n");
        head.Append("Host: ").Append(dice.Next(25) == 0
            ? Pick(dice, "", "a b", "x:99999", "[::1]:80", "é", "a,b", "127.0.0.1", "%41", new string('a', 300)) : "localhost")
            .Append("\r\nConnection: close\r\n");
        head.Append("Accept: ").Append(Pick(dice, "text/html", "application/json", "*/*", "text/html;q=x", ";;;", "text/event-stream"))
            .Append("\r\n");
        var (type, body) = BodyOf(method, visitor, dice);
        AddHeaders(head, dice, visitor);
        if (type is not null)
        {
            head.Append("Content-Type: ").Append(type).Append("\r\n");
        }

        if (body.Length > 0 && dice.Next(8) == 0)
        {
            // Chunks, sometimes with sizes that are none.
            head.Append("Transfer-Encoding: chunked\r\n\r\n");
            var isWhole = dice.Next(3) > 0;
            var size = dice.Next(3) == 0 ? "zz\r\n" : string.Create(CultureInfo.InvariantCulture, $"{body.Length:x}\r\n");
            return new OddRequest([.. Latin(head), .. Encoding.ASCII.GetBytes(size), .. body, .. isWhole ? "\r\n0\r\n\r\n"u8 : ""u8],
                isWhole);
        }

        // More is promised than comes, at times; and less.
        var excess = dice.Next(16) switch { 0 => 10, 1 => -Math.Min(5, body.Length), _ => 0 };
        if (body.Length > 0 || method is "POST" or "PUT" or "PATCH")
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length + excess}\r\n");
            return new OddRequest([.. Latin(head.Append("\r\n")), .. body], excess <= 0);
        }

        return new OddRequest(Latin(head.Append("\r\n")));
    }

    private static bool EndsTheSession(ServerEndpoint endpoint) =>
        endpoint.Pattern.RawText is { } pattern && (pattern.EndsWith("/deconnexion", StringComparison.Ordinal)
            || pattern.EndsWith("/terminer", StringComparison.Ordinal));

    private string PathOf(RoutePattern pattern, Random dice)
    {
        var path = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart parameter => ValueFor(parameter, dice),
                    _ => "",
                });
            }
        }

        if (dice.Next(30) == 0)
        {
            path.Append(RawParts[dice.Next(RawParts.Length)]);
        }

        return path.Length == 0 ? "/" : path.ToString();
    }

    private string ValueFor(RoutePatternParameterPart parameter, Random dice) => dice.Next(10) switch
    {
        0 => RawParts[dice.Next(RawParts.Length)],
        < 4 => Escape(Values[dice.Next(Values.Length)]),
        < 5 => $"{new Guid(dice.Next(), (short)dice.Next(9), 0x7000, 0x80, 0, 0, 0, 0, 0, 0, (byte)dice.Next(256))}",
        < 6 => parameter.Name switch { "cluster" or "code" => "bsc", "kind" => "event", "year" => "2026", _ => "1" },
        _ => subjects[dice.Next(subjects.Count)],
    };

    private static string QueryOf(Random dice)
    {
        var count = dice.Next(3) == 0 ? 0 : dice.Next(4);
        return count == 0 ? "" : "?" + string.Join('&', Enumerable.Range(0, count).Select(_ =>
            $"{Names[dice.Next(Names.Length)]}{(dice.Next(20) == 0 ? "" : "=")}"
                + (dice.Next(8) == 0 ? RawParts[dice.Next(RawParts.Length)] : Escape(Values[dice.Next(Values.Length)]))));
    }

    private static void AddHeaders(StringBuilder head, Random dice, Visitor visitor)
    {
        var cookies = dice.Next(15) == 0
            ? Pick(dice, "=", ";;;", "ic-form=zzz", "a=b; a=b; \u0001", new string('c', 5000)) + "; " + visitor.Cookies : visitor.Cookies;
        head.Append(cookies.Length == 0 ? "" : $"Cookie: {cookies}\r\n");
        foreach (var name in (string[])["If-None-Match", "If-Modified-Since", "Range", "If-Range", "Accept-Language", "Accept-Encoding",
            "Origin", "Referer", "Authorization", "Content-Encoding", "X-Forwarded-For", "Expect", "Upload-Offset", "Signature"])
        {
            if (dice.Next(12) == 0)
            {
                head.Append(name).Append(": ")
                    .Append(Pick(dice, "", "*", "W/\"x\"", "\"", "bytes=0-1", "bytes=9-1,,-", "yesterday",
                    "Mon, 01 Jan 0001 00:00:00 GMT", "fr;q=2,xx-YY-ZZ", "br;q=0,*", "null", "http://x.example", "Bearer icl_x", "Bearer",
                    "Basic é", "gzip", "1.1.1.1, ::1", "-1", "99999999999999999999", "sig1=:zz:")).Append("\r\n");
            }
        }
    }

    private (string? Type, byte[] Body) BodyOf(string method, Visitor visitor, Random dice)
    {
        if (method is "GET" or "HEAD" or "get" or "TRACE" && dice.Next(20) > 0)
        {
            return (null, []);
        }

        return dice.Next(12) switch
        {
            0 => (Pick(dice, "application/json", "application/json; charset=utf-16", "text/plain", ";",
                "application/x-www-form-urlencoded; charset=klingon"), Bytes(dice, 200)),
            1 => ("application/json", Encoding.UTF8.GetBytes(Pick(dice, "{}", "[]", "null", "{\"kind\":\"event\",\"title\":1}",
                "{\"title\":\"\\ud800\"}", "{\"kind\":\"event\",\"title\":\"T\",\"themes\":[null],\"sessions\":[null]}",
                "{\"kind\":\"event\",\"title\":\"T\",\"sessions\":[{\"start\":\"9999-12-31T23:59:00\"}]}", "{\"title\":\"a\\u0000\"}",
                    new string('[', 2000), "{\"a\":" + new string('9', 500) + "}", "{"))),
            2 => ("multipart/form-data; boundary=b",
                Encoding.UTF8.GetBytes(Pick(dice, "", "--b", "--b\r\n\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.pdf\"\r\n\r\n%PDF\r\n--b--\r\n",
                "--b\r\nX\r\n\r\nx\r\n--b--", "--b\r\nContent-Disposition: form-data; name=\"\0\"\r\n\r\n\r\n--b--\r\n"))),
            3 => (Pick(dice, "multipart/form-data", "multipart/form-data; boundary=",
                "multipart/form-data; boundary=" + new string('x', 300)), Bytes(dice, 100)),
            4 => ("application/x-www-form-urlencoded", Encoding.UTF8.GetBytes(string.Join('&', Enumerable.Repeat("a=b", 6000)))),
            5 => ("application/x-www-form-urlencoded", [.. FormOf(visitor, dice), .. "&x=%zz&%&=&\u00ff=%ff"u8]),
            6 => (null, Bytes(dice, 50)),
            _ => ("application/x-www-form-urlencoded", FormOf(visitor, dice)),
        };
    }

    private byte[] FormOf(Visitor visitor, Random dice)
    {
        var pairs = Enumerable.Range(0, dice.Next(14)).Select(_ =>
            Escape(fields[dice.Next(fields.Count)]) + "="
                + Escape(dice.Next(6) == 0 ? subjects[dice.Next(subjects.Count)] : Values[dice.Next(Values.Length)])).ToList();
        if (dice.Next(10) > 0)
        {
            pairs.Add($"__RequestVerificationToken={Uri.EscapeDataString(visitor.FormToken)}");
        }

        return Encoding.UTF8.GetBytes(string.Join('&', pairs));
    }

    private static OddRequest Broken(Random dice)
    {
        const string Connection = "Host: x\r\nConnection: close\r\n";
        return dice.Next(14) switch
        {
            0 => new OddRequest(Bytes(dice, 400), IsWhole: false),
            1 => Raw("GET /agenda\r\n\r\n"),
            2 => Raw("GET /agenda HTTP/1.0\r\n\r\n"),
            3 => Raw("GET /agenda.ics HTTP/1.0\r\n\r\n"),
            4 => Raw("GET /agenda HTTP/9.9\r\nHost: x\r\n\r\n"),
            5 => Raw($"GET http://[::1/ HTTP/1.1\r\n{Connection}\r\n"),
            6 => Raw($"OPTIONS * HTTP/1.1\r\n{Connection}\r\n"),
            7 => Raw("CONNECT localhost:1 HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"),
            8 => Raw($"GET /{new string('a', 9000)} HTTP/1.1\r\n{Connection}\r\n"),
            9 => Raw($"GET /agenda HTTP/1.1\r\n{Connection}X: {new string('a', 40_000)}\r\n\r\n"),
            10 => Raw($"POST /espace/bsc/connexion HTTP/1.1\r\n{Connection}Content-Length: -1\r\n\r\n"),
            11 => Raw($"POST /espace/bsc/connexion HTTP/1.1\r\n{Connection}Content-Type: "
                + $"application/x-www-form-urlencoded\r\nContent-Length: 9999999999\r\n\r\na=b") with
            { IsWhole = false },
            12 => Raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") with { IsWhole = false },
            _ => Raw($"GET /agenda HTTP/1.1\r\nHost: y\r\n{Connection} bad: fold\r\n\r\n"),
        };
    }

    private static OddRequest Raw(string text) => new(Encoding.Latin1.GetBytes(text));

    private static byte[] Latin(StringBuilder head) => Encoding.Latin1.GetBytes(head.ToString());

    private static string Pick(Random dice, params string[] choices) => choices[dice.Next(choices.Length)];

    private static string Escape(string value) => Uri.EscapeDataString(value);

    private static byte[] Bytes(Random dice, int most)
    {
        var bytes = new byte[dice.Next(1, most)];
        dice.NextBytes(bytes);
        return bytes;
    }
}
