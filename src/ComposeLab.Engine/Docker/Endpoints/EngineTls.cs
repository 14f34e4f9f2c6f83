using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ComposeLab.Engine.Docker;

/// <summary>The certificates of a connection, as the docker client keeps them: PEM files named ca.pem, cert.pem and key.pem.</summary>
/// <param name="CaFile">The authority that signed the engine's certificate; null for those that this machine trusts.</param>
/// <param name="CertificateFile">The certificate that identifies this user; null for none.</param>
/// <param name="KeyFile">Its private key; null for none.</param>
/// <param name="Verify">Whether the engine's certificate is checked.</param>
public sealed record EngineTls(string? CaFile, string? CertificateFile, string? KeyFile, bool Verify)
{
    /// <summary>Whether there is any file.</summary>
    public bool HasFiles => CaFile is not null || CertificateFile is not null || KeyFile is not null;

    /// <summary>Finds the files in a folder.</summary>
    /// <param name="folder">The folder; it may not exist.</param>
    /// <param name="verify">Whether the engine's certificate is checked.</param>
    /// <returns>The files that exist.</returns>
    public static EngineTls In(string? folder, bool verify)
    {
        string? At(string name) => folder is not null && Path.Combine(folder, name) is var file && File.Exists(file) ? file : null;
        return new EngineTls(At("ca.pem"), At("cert.pem"), At("key.pem"), verify);
    }

    /// <summary>Reads the certificate that identifies this user.</summary>
    /// <returns>The certificate with its key; null for none. The caller disposes it.</returns>
    /// <exception cref="EngineException">EngineAccessDenied: a file is missing or cannot be used.</exception>
    internal X509Certificate2? ReadCertificate()
    {
        if (CertificateFile is null && KeyFile is null)
        {
            return null;
        }

        if (CertificateFile is null || KeyFile is null)
        {
            throw Unusable(CertificateFile ?? KeyFile!, CertificateFile is null ? "cert.pem is missing beside it" : "key.pem is missing beside it", null);
        }

        try
        {
            using X509Certificate2 read = X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile);
            // Windows cannot use a key that exists only in memory.
            return new X509Certificate2(read.Export(X509ContentType.Pfx));
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unusable(CertificateFile, fault.Message, fault);
        }
    }

    /// <summary>Checks the engine's certificate.</summary>
    /// <param name="host">The host of the address.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="presented">The chain that the engine sent.</param>
    /// <param name="errors">What this machine's trust says.</param>
    /// <returns>Null if it is trusted; otherwise the reason, as a clause.</returns>
    /// <exception cref="EngineException">EngineNotTrusted: ca.pem cannot be used.</exception>
    internal string? Problem(string host, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (!Verify)
        {
            return null;
        }

        if (certificate is null)
        {
            return "it sent no certificate";
        }

        using var server = new X509Certificate2(certificate);
        if (server.NotAfter < DateTime.Now || server.NotBefore > DateTime.Now)
        {
            return $"its certificate is valid from {server.NotBefore:yyyy-MM-dd} to {server.NotAfter:yyyy-MM-dd}";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"its certificate is for other names than '{host}'";
        }

        if (CaFile is null)
        {
            return errors == SslPolicyErrors.None ? null : "this machine does not trust the authority that signed its certificate, and there is no ca.pem";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        try
        {
            chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(CaFile);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"the authority in {CaFile} cannot be read: {fault.Message}";
        }

        foreach (X509ChainElement element in presented?.ChainElements.AsEnumerable() ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(server) ? null : $"its certificate was not signed by the authority in {CaFile}";
    }

    private static EngineException Unusable(string file, string why, Exception? fault) => new(
        EngineErrorId.EngineAccessDenied,
        $"The certificate for the engine, {file}, cannot be used: {why.TrimEnd('.')}.",
        "Ask the owner of the engine for ca.pem, cert.pem and key.pem that belong together",
        fault);
}
