using System.Collections;
using System.Management.Automation;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Loading;
using ComposeLab.EnvFiles;
using ComposeLab.Errors;
using ComposeLab.Files;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Creates a .env file from .env.example, with generated passwords.</para>
/// <para type="description">Copies .env.example to .env in the same folder. Passwords that are empty in the example are generated with the system's cryptographic
/// random generator. Only the owner can read the new file. If the example also contains a file name for a password (NAME_FILE in addition to NAME), the password is
/// written to that file too. An existing password file is kept, and its password is written to .env. An existing .env is overwritten only with -Force; if one
/// of its password files is missing, that file is written with the password of .env, so that a database with data continues to work. For the bundled lab of an installed module, the files are kept in your profile (see about_ComposeLab). Writes a warning if Git tracks, or does not ignore, a file that
/// was written.</para>
/// </summary>
/// <example>
/// <summary><para>Creates the .env file of the bundled lab.</para></summary>
/// <code>New-LabEnvFile</code>
/// </example>
/// <example>
/// <summary><para>Creates a second environment file, for a stack on other ports.</para></summary>
/// <code run="true">New-LabEnvFile -Destination ./second.env -Variable @{ API_PORT = 18080; DB_PORT = 15432 }</code>
/// </example>
/// <example>
/// <summary><para>Takes a password from a vault instead of generating it.</para></summary>
/// <code>New-LabEnvFile -Path ./shop -Variable @{ POSTGRES_PASSWORD = { Get-Secret shop-db } }</code>
/// </example>
[Cmdlet(VerbsCommon.New, "LabEnvFile", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewLabEnvFileCommand : LabCmdlet
{
    private const string ExampleName = ".env.example";

    private string _example = "";
    private string _destination = "";
    private string _home = "";
    private bool _isBundledLab;
    private Dictionary<string, string> _values = [];

    /// <summary><para type="description">The folder that contains .env.example, or an example file with another name. Default: the bundled lab.</para></summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary><para type="description">The file to write. Default: .env in the folder of the example; for the lab of an installed module, in your
    /// profile.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary><para type="description">Values to use instead of those in the example, by variable name. Variables that are not in the example are added. A value can also
    /// be a SecureString, a PSCredential, whose password is used, or a script block that returns one of these, so that passwords can come from any vault. Script blocks do
    /// not run with -WhatIf.</para></summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Variable { get; set; } = [];

    /// <summary><para type="description">Overwrites an existing file. A database volume keeps the password it was created with. After replacing the file, use
    /// Reset-LabDbPassword to change it to the new one.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary><para type="description">Selects the lab that is included in the module, even if the current location belongs to another project.</para></summary>
    [Parameter]
    public SwitchParameter BundledLab { get; set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        string place = Path is not null ? ResolvePath(Path) : Near() ?? Projects.BundledLab.Directory();
        _isBundledLab = Path is null && Near() is null;
        _example = Directory.Exists(place) ? System.IO.Path.Combine(place, ExampleName) : place;
        _home = _isBundledLab ? LabHome.Directory(place, ProcessEnvironment.Read()) : System.IO.Path.GetDirectoryName(_example)!;
        _destination = Destination is null ? LabHome.EnvFile(_home) : ResolvePath(Destination);

        // Script blocks run on the pipeline's thread, and only if their values are needed.
        bool writes = !IsWhatIf && File.Exists(_example) && (Force || !File.Exists(_destination));
        _values = writes ? EnvValues.Read(Variable) : [];
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        if (!File.Exists(_example))
        {
            throw new LabException(
                LabErrorId.EnvFileNotFound, $"Example file '{_example}' not found.", "Set -Path to the folder that contains .env.example", _example);
        }

        bool replaces = File.Exists(_destination);
        if (replaces && !Force)
        {
            if (Variable.Count == 0 && await CompleteAsync(output, token).ConfigureAwait(false))
            {
                return;
            }

            throw new LabException(
                LabErrorId.EnvFileExists, $"'{_destination}' already exists.", "Use New-LabEnvFile -Force to overwrite it", _destination);
        }

        string action = replaces ? $"Replace {_destination}" : $"Create {_destination}";
        if (!await output.ShouldProcessAsync(action, $"{action}?", "New-LabEnvFile").ConfigureAwait(false))
        {
            return;
        }

        string example = TextFile.Read(_example, token);
        var values = new Dictionary<string, string>(_values, StringComparer.Ordinal);
        if (_home != System.IO.Path.GetDirectoryName(_example))
        {
            // Compose resolves a relative path from the folder of the Compose files. The secrets of this user are in another folder.
            SecretFiles.Anchor(EnvTemplate.Assignments(example, values), _home, values);
        }

        var secrets = new SecretFiles(_home, EnvTemplate.Assignments(example, values), output.Warning);
        FilledTemplate filled = EnvTemplate.Fill(example, values, Password);
        await WriteAsync(filled, secrets, token).ConfigureAwait(false);
        foreach (string warning in GitExposure.Of([_destination, .. secrets.Paths(filled.Generated)], token))
        {
            output.Warning(warning);
        }

        if (filled.Generated.Count > 0)
        {
            output.Verbose($"Generated {string.Join(", ", filled.Generated)}.");
        }

        if (replaces && filled.Generated.Count > 0)
        {
            output.Warning(
                $"{string.Join(", ", filled.Generated)} changed. A database volume keeps the password it was created with. To change it, run: "
                + $"{(_isBundledLab ? "Reset-LabDbPassword -BundledLab" : $"Reset-LabDbPassword -Path {CommandText.Quote(_home)}")}");
        }

        await output.WriteAsync(new FileInfo(_destination)).ConfigureAwait(false);

        // A password file belongs to the .env of the folder too, whose stack must continue to work.
        string Password(string name)
        {
            string main = LabHome.EnvFile(_home);
            bool isShared = main != _destination && File.Exists(main);
            string? known = Force && !isShared ? null : secrets.Read(name, token);
            known ??= isShared && secrets.Has(name) ? ValuesOf(main, token).GetValueOrDefault(name) : null;
            return string.IsNullOrEmpty(known) ? PasswordGenerator.Generate() : known;
        }
    }

    // Password files that are missing get the passwords of the existing file: new ones would not be those of the database.
    private async Task<bool> CompleteAsync(IPipelineOutput output, CancellationToken token)
    {
        IReadOnlyDictionary<string, string> values = ValuesOf(_destination, token);
        var secrets = new SecretFiles(_home, values, output.Warning);
        (string Name, string Path)[] missing = [.. secrets.Missing()];
        foreach ((string name, string path) in missing)
        {
            string action = $"Create {path} with the value of {name} in {_destination}";
            if (await output.ShouldProcessAsync(action, $"{action}?", "New-LabEnvFile").ConfigureAwait(false))
            {
                await secrets.WriteAsync(name, values[name], token).ConfigureAwait(false);
                await output.WriteAsync(new FileInfo(path)).ConfigureAwait(false);
                foreach (string warning in GitExposure.Of([path], token))
                {
                    output.Warning(warning);
                }
            }
        }

        return missing.Length > 0;
    }

    // The last value of a name applies.
    private static IReadOnlyDictionary<string, string> ValuesOf(string file, CancellationToken token)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (EnvFileEntry entry in new EnvFileParser(EnvFileReader.Read(file, file, isOptional: false, token), _ => null, values).Parse(token))
        {
            values[entry.Name] = entry.Value;
        }

        return values;
    }

    private async Task WriteAsync(FilledTemplate filled, SecretFiles secrets, CancellationToken token)
    {
        if (Destination is null)
        {
            SecretFiles.MakeFolder(_home);
        }

        // The password files are written first. If the second step fails, the next run reads the passwords from them.
        foreach (string name in filled.Generated.Union(_values.Keys, StringComparer.Ordinal))
        {
            await secrets.WriteAsync(name, filled.Values[name], token).ConfigureAwait(false);
        }

        await PrivateFile.WriteAsync(_destination, filled.Text, PrivateFile.OwnerOnly, token).ConfigureAwait(false);
    }

    // The folder of the project at the current location; null if there is none, or only the bundled lab.
    private string? Near() => !BundledLab
        && BaseFileSearch.Find(SessionState.Path.CurrentFileSystemLocation.ProviderPath) is { } file && file != Projects.BundledLab.BaseFileOrNull()
            ? System.IO.Path.GetDirectoryName(file)
            : null;
}
