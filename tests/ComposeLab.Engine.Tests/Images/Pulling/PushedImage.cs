using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ComposeLab.Engine.Tests.Images.Pulling;

/// <summary>Pushes an image of files to a registry with the registry's protocol, so that no engine needs to have it first.</summary>
internal static class PushedImage
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private const string ListType = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>Pushes an image.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="name">Repository and tag, as <c>app:1</c>.</param>
    /// <param name="layers">The content of the single file in each layer.</param>
    /// <param name="listed">The architecture of the manifest list the tag names; null for a plain manifest.</param>
    /// <param name="file">What the files are called; a layer's number comes after it.</param>
    public static async Task PushAsync(LocalRegistry registry, string name, byte[][] layers, string? listed = null, string file = "file")
    {
        string[] parts = name.Split(':');
        using var client = new HttpClient { BaseAddress = new Uri($"http://{registry.Host}/v2/{parts[0]}/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{LocalRegistry.User}:{LocalRegistry.Password}")));
        var blobs = new List<object>();
        var contents = new List<string>();
        foreach ((byte[] layer, int index) in layers.Select((layer, index) => (layer, index)))
        {
            byte[] tar = Tar($"{file}{index}", layer);
            contents.Add(Digest(tar));
            blobs.Add(await BlobAsync(client, "application/vnd.docker.image.rootfs.diff.tar.gzip", Packed(tar)));
        }

        object config = await BlobAsync(client, "application/vnd.docker.container.image.v1+json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = listed ?? "amd64",
            os = "linux",
            config = new { Cmd = new[] { "/file0" } },
            rootfs = new { type = "layers", diff_ids = contents },
        }));
        byte[] manifest = JsonSerializer.SerializeToUtf8Bytes(new { schemaVersion = 2, mediaType = ManifestType, config, layers = blobs });
        await ManifestAsync(client, listed is null ? parts[1] : Digest(manifest), ManifestType, manifest);
        if (listed is not null)
        {
            await ManifestAsync(client, parts[1], ListType, JsonSerializer.SerializeToUtf8Bytes(new
            {
                schemaVersion = 2,
                mediaType = ListType,
                manifests = new[]
                {
                    new { mediaType = ManifestType, size = manifest.Length, digest = Digest(manifest), platform = new { architecture = listed, os = "linux" } },
                },
            }));
        }
    }

    private static async Task<object> BlobAsync(HttpClient client, string mediaType, byte[] bytes)
    {
        using HttpResponseMessage begun = await client.PostAsync(new Uri("blobs/uploads/", UriKind.Relative), null);
        begun.EnsureSuccessStatusCode();
        var place = new Uri($"{begun.Headers.Location}&digest={Digest(bytes)}", UriKind.RelativeOrAbsolute);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage put = await client.PutAsync(place, content);
        put.EnsureSuccessStatusCode();
        return new { mediaType, size = bytes.Length, digest = Digest(bytes) };
    }

    private static async Task ManifestAsync(HttpClient client, string reference, string mediaType, byte[] manifest)
    {
        using var content = new ByteArrayContent(manifest);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using HttpResponseMessage put = await client.PutAsync(new Uri($"manifests/{reference}", UriKind.Relative), content);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
    }

    private static byte[] Tar(string name, byte[] file)
    {
        using var target = new MemoryStream();
        using (var tar = new TarWriter(target, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(file),
                Mode = (UnixFileMode)0b111_101_101,
            });
        }

        return target.ToArray();
    }

    private static byte[] Packed(byte[] tar)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(tar);
        }

        return target.ToArray();
    }

    private static string Digest(byte[] bytes) => "sha256:" + Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();
}
