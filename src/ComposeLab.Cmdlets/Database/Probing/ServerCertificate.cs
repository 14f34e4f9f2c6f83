using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ComposeLab.Database.Logins;

namespace ComposeLab.Database.Probing;

/// <summary>Judges the certificate of a server as a client with <c>sslmode=verify-ca</c> or <c>verify-full</c> does.</summary>
internal static class ServerCertificate
{
    /// <summary>Judges it.</summary>
    /// <param name="presented">The server's certificate; null if it sent none.</param>
    /// <param name="login">The login, with the certificates that the client trusts.</param>
    /// <returns>Why the client rejects it; null if it does not, or if that cannot be known from here.</returns>
    public static string? Fault(X509Certificate? presented, DatabaseLogin login)
    {
        if (presented is null)
        {
            return "the server sends no certificate";
        }

        var certificate = new X509Certificate2(presented);
        if (login.ChecksHost && !certificate.MatchesHostname(login.Host, allowWildcards: true, allowCommonName: true))
        {
            return $"the certificate is for {certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)}, not for {login.Host}";
        }

        if (certificate.NotAfter < DateTime.Now)
        {
            return "the certificate has expired";
        }

        // A file of the image cannot be read from here, and the certificates of the client's system are not those of this machine.
        bool isOwn = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
        return login.RootCertificates is { } roots
            ? IsSignedBy(certificate, roots) ? null : "the certificate is not signed by one that the client trusts"
            : isOwn && login.RootCertificatePath is null or "system" ? "the certificate is signed by itself, and the client has no certificate to check it with" : null;
    }

    private static bool IsSignedBy(X509Certificate2 certificate, string roots)
    {
        using var chain = new X509Chain();
        try
        {
            chain.ChainPolicy.CustomTrustStore.ImportFromPem(roots);
        }
        catch (CryptographicException)
        {
            return false;
        }

        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid | X509VerificationFlags.IgnoreInvalidBasicConstraints;
        return chain.Build(certificate);
    }
}
