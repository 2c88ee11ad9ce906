using Interclustering.Server.Configuration;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;

namespace Interclustering.Server.Hosting;

/// <summary>The keys that protect cookies and forms.</summary>
internal static class CookieKeys
{
    /// <summary>Cookies survive a restart: their keys are kept with the data.</summary>
    public static void AddCookieKeys(this IServiceCollection services, ServerSettings settings) =>
        services.AddDataProtection().SetApplicationName("interclustering")
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM })
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.Data, "keys", "cookies")));
}
