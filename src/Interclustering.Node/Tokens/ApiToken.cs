using System.Buffers.Text;
using System.Security.Cryptography;
using Interclustering.Node.Team;

namespace Interclustering.Node.Tokens;

/// <summary>Lets a cluster's own site publish. Only a hash of it is kept; it is shown once.</summary>
public sealed class ApiToken
{
    /// <summary>What every token begins with, so that one that leaked is recognised for what it is.</summary>
    public const string Prefix = "icl_";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>SHA-256, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>What it is for, in its creator's words: at most 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="TokenScopes"/>.</summary>
    public required string Scope { get; init; }

    /// <summary>Name of the member of staff.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Made by a demonstration account.</summary>
    public bool IsDemonstration { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC, to the hour; null while it was never used.</summary>
    public DateTime? LastUsedAt { get; set; }

    /// <returns>The row, and the token itself.</returns>
    public static (ApiToken Row, string Token) Create(string name, string scope, string by, DateTime now)
    {
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (new ApiToken { Hash = AccessLink.HashOf(token), Name = name, Scope = scope, CreatedBy = by, CreatedAt = now }, token);
    }
}

/// <summary>What a token may do; each may do what the one before it may.</summary>
public static class TokenScopes
{
    public const string Read = "publications:read", Write = "publications:write";

    public static IReadOnlyList<string> All { get; } = [Read, Write];

    public static bool Reaches(string scope, string needed) => scope == Write || scope == needed;

    public static string InWords(string scope) => scope == Write ? T["lire et publier"] : T["lire"];
}

/// <summary>Marks an endpoint that only a token of its cluster with this scope may ask for.</summary>
public sealed record NeedsScope(string Scope);
