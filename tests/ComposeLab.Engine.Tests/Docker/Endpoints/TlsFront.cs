using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ComposeLab.Engine.Tests.Docker.Endpoints;

/// <summary>A TLS server in front of an engine's socket, and a folder with the certificates of a client, all made for one test.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-tls-");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _server;
    private readonly string _socket;
    private readonly bool _requiresClient;
    private readonly Task _serving;

    /// <summary>Starts to listen.</summary>
    /// <param name="socket">The engine's socket.</param>
    /// <param name="requiresClient">Whether a client needs a certificate of the same authority.</param>
    /// <param name="name">The name in the server's certificate.</param>
    /// <param name="expired">Whether the server's certificate has expired.</param>
    public TlsFront(string socket, bool requiresClient = true, string name = "127.0.0.1", bool expired = false)
    {
        _socket = socket;
        _requiresClient = requiresClient;
        _authority = Authority("lab authority");
        _server = Issue(_authority, name, expired);
        File.WriteAllText(CaFile, _authority.ExportCertificatePem());
        WriteClient(_authority);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The folder, for DOCKER_CERT_PATH.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The authority's certificate.</summary>
    public string CaFile => Path.Combine(Folder, "ca.pem");

    /// <summary>The address.</summary>
    public string Address => $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Makes an authority.</summary>
    /// <param name="name">Its name.</param>
    public static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
    }

    /// <summary>Writes cert.pem and key.pem.</summary>
    /// <param name="authority">The authority that signs them.</param>
    public void WriteClient(X509Certificate2 authority)
    {
        using X509Certificate2 client = Issue(authority, "client", expired: false);
        File.WriteAllText(Path.Combine(Folder, "cert.pem"), client.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Folder, "key.pem"), client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Stop();
        _authority.Dispose();
        _server.Dispose();
        _end.Dispose();
        _folder.Delete(recursive: true);
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name, bool expired)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset until = expired ? DateTimeOffset.UtcNow.AddDays(-1) : DateTimeOffset.UtcNow.AddDays(10);
        using X509Certificate2 made = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-20), until, RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 whole = made.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    private async Task ServeAsync()
    {
        List<Task> open = [];
        try
        {
            while (true)
            {
                open.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using TcpClient connection = client;
        try
        {
            await using var tls = new SslStream(connection.GetStream());
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = _server,
                    ClientCertificateRequired = _requiresClient,
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => !_requiresClient || IsOurs(certificate),
                },
                _end.Token);
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket), _end.Token);
            await using var engine = new NetworkStream(socket);
            Task up = tls.CopyToAsync(engine, _end.Token);
            Task down = engine.CopyToAsync(tls, _end.Token);
            await Task.WhenAny(up, down);
        }
        catch (Exception fault) when (fault is IOException or SocketException or System.Security.Authentication.AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            // The client sees a closed connection.
        }
    }

    private bool IsOurs(X509Certificate? certificate)
    {
        if (certificate is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        return chain.Build((X509Certificate2)certificate);
    }
}
