using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Interclustering.Accounts.Passwords;

/// <summary>
/// The commonest passwords of 12 characters and more, as a Bloom filter that <c>infra/common-passwords.py</c> makes: one in 100,000 others
/// is refused as well, none of them is let through.
/// </summary>
public static class CommonPasswords
{
    private const string Resource = "common-passwords.bloom";
    private static readonly Lazy<byte[]> Filter = new(Read);

    public static bool Contains(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        // Header: how many hashes, how many bits; little-endian.
        ReadOnlySpan<byte> filter = Filter.Value, field = filter[8..];
        var (hashes, bits) = (BinaryPrimitives.ReadUInt32LittleEndian(filter), BinaryPrimitives.ReadUInt32LittleEndian(filter[4..]));
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(password.ToLowerInvariant())).AsSpan();
        var (first, second) = (BinaryPrimitives.ReadUInt64LittleEndian(digest), BinaryPrimitives.ReadUInt64LittleEndian(digest[8..]));
        for (var index = 0u; index < hashes; index++)
        {
            var bit = unchecked(first + (index * second)) % bits;
            if ((field[(int)(bit / 8)] & (1 << (int)(bit % 8))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream(Resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
