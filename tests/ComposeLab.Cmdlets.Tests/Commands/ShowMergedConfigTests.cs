using System.Collections;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class ShowMergedConfigTests : IDisposable
{
    private const string Base = "services:\n  api:\n    image: one:${TAG:-1}\n    environment: {API_PASSWORD: hunter2, http_proxy: a, HTTP_PROXY: b}\n    ports: ['8080:80']\n";
    private const string Overlay = "services:\n  api:\n    image: two\n";

    private readonly TemporaryFolder _folder = new();
    private readonly TestSession _session = new();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Text_with_origin_comments_is_still_the_same_project()
    {
        _folder.Write("compose.yaml", Base);
        _folder.Write("compose.dev.yaml", Overlay);
        var commented = Assert.IsType<string>(Assert.Single(_session.Run("Show-MergedConfig -Path $args[0] -Profile Dev -Origin -ShowSecret", _folder.Path).Good()));
        var plain = _session.Run("Show-MergedConfig -Path $args[0] -Profile Dev -ShowSecret", _folder.Path).Good();
        var again = _folder.Write("again/compose.yaml", commented);

        Assert.Contains("image: two # compose.dev.yaml:3 (was compose.yaml:3)", commented, StringComparison.Ordinal);
        Assert.Equal(plain, _session.Run("Show-MergedConfig -File $args[0] -ShowSecret", again).Good());
    }

    [Fact]
    public void An_object_returns_the_source_of_each_value()
    {
        _folder.Write("compose.yaml", Base);
        var overlay = _folder.Write("compose.dev.yaml", Overlay);

        var result = _session.Run(
            """
            $config = Show-MergedConfig -Path $args[0] -Profile Dev -AsObject
            $config.services.api.image
            $config.OriginOf('services.api.image')
            $config.services.api.OriginOf('ports[0].published')
            $config.OriginOf('services.api.nothing') -is [object]
            """,
            _folder.Path).Good();

        Assert.Equal("two", result[0]);
        var image = Assert.IsType<LabOrigin>(result[1]);
        Assert.Equal((overlay, 3, 12, "services.api.image"), (image.File, image.Line, image.Column, image.Path));
        Assert.Equal((3, "TAG (Default)"), (Assert.Single(image.Replaced).Line, Assert.Single(image.Replaced[0].Variables).ToString()));
        Assert.Equal("services.api.ports[0].published", Assert.IsType<LabOrigin>(result[2]).Path);
        Assert.Equal(false, result[3]);
    }

    [Fact]
    public void An_object_keeps_keys_that_differ_only_in_case()
    {
        var file = _folder.Write("compose.yaml", Base);

        var result = _session.Run("$found = (Show-MergedConfig -File $args[0] -AsObject).services.api.environment; $found['http_proxy']; $found['HTTP_PROXY']", file).Good();

        Assert.Equal(["a", "b"], result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Format Json")]
    [InlineData("-Origin")]
    [InlineData("-AsObject | ForEach-Object { $_.services.api.environment.API_PASSWORD }")]
    public void A_secret_is_masked_unless_ShowSecret_is_specified(string how)
    {
        var file = _folder.Write("compose.yaml", Base);

        var text = string.Concat(_session.Run($"Show-MergedConfig -File $args[0] {how}", file).Good());

        Assert.Contains("********", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_interpolation_expressions_are_unchanged()
    {
        var file = _folder.Write("compose.yaml", Base);

        Assert.Contains("image: one:${TAG:-1}\n", (string)_session.Run("Show-MergedConfig -File $args[0] -NoInterpolate", file).Good()[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Services", "debug web")]
    [InlineData("Images", "lab-web shop/debug:1")]
    [InlineData("Volumes", "data")]
    [InlineData("Networks", "default internal")]
    [InlineData("Profiles", "extra")]
    [InlineData("Models", "ai/example")]
    public void Only_the_names_of_one_kind_are_listed(string part, string names)
    {
        _folder.Write("compose.yaml", """
            name: lab
            services:
              web: { build: ., volumes: ['data:/data'], networks: [internal], models: { llm: } }
              debug: { image: 'shop/debug:1' }
              gated: { image: i, profiles: [extra] }
            volumes: { data: , unused: }
            networks: { internal: }
            models: { llm: { model: ai/example } }
            """);

        Assert.Equal(names, string.Join(' ', _session.Run($"Show-MergedConfig -Path $args[0] -Only {part}", _folder.Path).Good()));
    }

    [Fact]
    public void An_inconsistent_project_is_listed_on_request()
    {
        _folder.Write("compose.yaml", """
            services:
              incomplete: { volumes: ['data:/data'], networks: [internal] }
              gated: { profiles: [extra] }
            volumes: { data: }
            networks: { internal: }
            """);

        Assert.Equal("ComposeFileInvalid", _session.Run("Show-MergedConfig -Path $args[0]", _folder.Path).ErrorId);
        foreach ((string arguments, string expected) in new[]
        {
            ("-Only Services", "incomplete"), ("-Only Volumes", "data"), ("-Only Networks", "internal"), ("-Only Services -ComposeProfile extra", "gated incomplete"),
            ("-Hash | ForEach-Object Service", "incomplete"),
        })
        {
            Assert.Equal(expected, string.Join(' ', _session.Run($"Show-MergedConfig -Path $args[0] -NoConsistency {arguments}", _folder.Path).Good()));
        }
    }

    [Fact]
    public void A_hash_does_not_depend_on_the_place_of_a_variable()
    {
        _folder.Write("app.env", "A=1\n");
        _folder.Write("compose.yaml", "services: { a: { image: i, env_file: app.env }, b: { image: i, environment: { A: '1' } }, c: { image: i, depends_on: [a] } }\n");

        LabServiceHash[] hashes = [.. _session.Run("Show-MergedConfig -Path $args[0] -Hash", _folder.Path).Good().Cast<LabServiceHash>()];

        Assert.Equal(["a", "b", "c"], hashes.Select(hash => hash.Service));
        Assert.Equal(hashes[0].Hash, hashes[1].Hash);
        Assert.Equal("c", Assert.IsType<LabServiceHash>(Assert.Single(_session.Run("Show-MergedConfig c -Path $args[0] -Hash", _folder.Path).Good())).Service);
    }

    [Fact]
    public void Only_the_named_services_and_their_dependencies_are_shown()
    {
        _folder.Write("compose.yaml", "services: { a: { image: i, depends_on: [b] }, b: { image: i }, c: { image: i } }\n");

        Assert.Equal("a b", string.Join(' ', _session.Run("Show-MergedConfig a -Path $args[0] -Only Services", _folder.Path).Good()));
        Assert.Equal("ServiceNotFound", _session.Run("Show-MergedConfig nosuch -Path $args[0]", _folder.Path).ErrorId);
    }

    [Fact]
    public void Paths_and_environment_files_are_kept_on_request()
    {
        _folder.Write("sub/app.env", "A=1\n");
        _folder.Write("compose.yaml", "services: { a: { build: ./sub, env_file: sub/app.env, volumes: ['./sub:/sub'] } }\n");

        string paths = (string)_session.Run("Show-MergedConfig -Path $args[0] -NoPathResolution", _folder.Path).Good()[0];
        string environment = (string)_session.Run("Show-MergedConfig -Path $args[0] -NoEnvResolution", _folder.Path).Good()[0];

        Assert.DoesNotContain(_folder.Path, paths, StringComparison.Ordinal);
        Assert.Contains("A: \"1\"", paths, StringComparison.Ordinal);
        Assert.Contains($"path: {_folder.Path}/sub/app.env", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("environment:", environment, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services:\n  a:\n    imgae: i\n", "UnsupportedAttribute", 3, 5, 10, "services.a.imgae", "image")]
    [InlineData("services:\n  a:\n    image: i\n    ports: ['99999:80']\n", "ComposeFileInvalid", 4, 13, 23, "services.a.ports[0]", "99999")]
    [InlineData("services:\n  a:\n    image: [i]\n", "ComposeFileInvalid", 3, 12, 15, "services.a.image", "text")]
    [InlineData("services:\n  a:\n    image: i\n    depends_on: [bb]\n  b: {image: i}\n", "ServiceNotFound", 4, 18, 20, "services.a.depends_on.bb", "a, b")]
    [InlineData("services:\n  a:\n    image: i\n    networks: [frnt]\nnetworks: {front: }\n", "ComposeFileInvalid", 4, 16, 20, "services.a.networks", "front")]
    [InlineData("services:\n  a:\n    image: ${TAG:?set it}\n", "VariableRequired", 3, 12, 26, "services.a.image", "TAG")]
    [InlineData("services:\n  a:\n    image: i${TAG\n", "ComposeFileInvalid", 3, 13, 18, "services.a.image", "TAG")]
    [InlineData("services:\n  a:\n    image: i\n    image: j\n", "ComposeFileInvalid", 4, 5, 10, null, "line 3")]
    [InlineData("services:\n  a:\n    image: i\n    restart: [\n", "ComposeFileInvalid", 4, 14, 15, null, "YAML")]
    [InlineData("services:\n  a: {image: i, depends_on: [b]}\n  b: {image: i, depends_on: [a]}\n", "DependencyCycle", 3, 30, 31, "services.b.depends_on.a", "a -> b -> a")]
    [InlineData("services:\n  a:\n    extends: nobody\n", "ServiceNotFound", 3, 14, 20, "services.a.extends", "nobody")]
    [InlineData("services:\n  a:\n    image: i\n    privileged: ${P:-maybe}\n", "ComposeFileInvalid", 4, 17, 28, "services.a.privileged", "P")]
    [InlineData("services:\n  a:\n    image: i\n    env_file: nothing.env\n", "EnvFileNotFound", 4, 15, 26, "services.a.env_file", "nothing.env")]
    [InlineData("include: [nothing.yaml]\nservices: {a: {image: i}}\n", "ComposeFileNotFound", 1, 11, 23, "include", "nothing.yaml")]
    [InlineData("services:\n  a:\n    image: i\n    stop_grace_period: soon\n", "ComposeFileInvalid", 4, 24, 28, "services.a.stop_grace_period", "duration")]
    [InlineData("services:\n  a:\n    command: x\n", "ComposeFileInvalid", 3, 5, 15, "services.a", "image")]
    public void An_error_in_a_file_is_shown_with_its_place(string text, string id, int line, int start, int end, string? path, string told)
    {
        var file = _folder.Write("compose.yaml", text);

        var result = _session.Run("Show-MergedConfig -File $args[0]", file);

        Assert.Equal(id, result.ErrorId);
        var place = Assert.IsAssignableFrom<IDictionary>(result.Error!.TargetObject);
        Assert.Equal((file, line, start, end), (place["File"], place["Line"], place["StartColumn"], place["EndColumn"]));
        Assert.Equal(text.Split('\n')[line - 1], place["SourceText"]);
        if (path is not null)
        {
            Assert.Equal(path, place["Path"]);
        }

        Assert.Contains(told, result.Error.ErrorDetails.Message + result.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
