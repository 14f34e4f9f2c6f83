using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>Loads a project: reads, interpolates, extends, includes, merges, validates and normalizes.</summary>
public static class ComposeLoader
{
    /// <summary>Loads a project.</summary>
    /// <param name="request">Everything the load depends on.</param>
    /// <param name="token">Cancels the load.</param>
    /// <returns>The project.</returns>
    /// <exception cref="ComposeException">Any error in the files.</exception>
    public static ComposeProject Load(ComposeRequest request, CancellationToken token) => Run(request, Load, token);

    /// <summary>Finds the project name without loading the rest. Other errors and unset variables are ignored.</summary>
    /// <param name="request">Everything the load depends on.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The project name, the same as after a load.</returns>
    /// <exception cref="ComposeException">The files cannot be found or read, or contain no valid name.</exception>
    public static string NameOf(ComposeRequest request, CancellationToken token) => Run(
        request,
        session =>
        {
            (IReadOnlyList<ComposeFile> files, string directory, VariableScope variables) = Locate(session);
            return ProjectNaming.Decide(session, files, directory, variables).Text;
        },
        token);

    private static T Run<T>(ComposeRequest request, Func<LoadSession, T> read, CancellationToken token)
    {
        var session = new LoadSession(request, token);
        try
        {
            return read(session);
        }
        catch (ComposeException fault)
        {
            ComposeException complete = session.Completed(fault);
            if (ReferenceEquals(complete, fault))
            {
                throw;
            }

            throw complete;
        }
    }

    private static ComposeProject Load(LoadSession session)
    {
        (IReadOnlyList<ComposeFile> files, string directory, VariableScope variables) = Locate(session);
        ProjectName name = ProjectNaming.Decide(session, files, directory, variables);
        session.Variables = variables;
        // Without interpolation the model is shown as written, so bare names get no values either.
        VariableScope known = session.Request.Interpolate ? variables : new VariableScope(new Dictionary<string, Variable>(session.Request.Paths.NameComparer));
        VariableScope scope = known.With("COMPOSE_PROJECT_NAME", new Variable(name.Text, VariableSource.Project));

        MappingNode model = new ModelLoader(new ModelContext(session, directory, scope, [])).Load(files);
        if (model.Count == 0)
        {
            throw new ComposeException(
                ComposeErrorId.ComposeFileInvalid, "The Compose file is empty; expected services.", "Start the file with 'services:'.")
            { File = files[0].Display };
        }

        MappingNode normalized = new Normalizer(name, scope).Normalize(model);
        return new ProjectAssembly(session, scope).Assemble(name.Text, directory, files, normalized);
    }

    /// <summary>Finds the files, the project directory and the variables. Each may depend on the current state of the others.</summary>
    private static (IReadOnlyList<ComposeFile> Files, string Directory, VariableScope Scope) Locate(LoadSession session)
    {
        var discovery = new FileDiscovery(session);
        IReadOnlyList<ComposeFile> files = discovery.Given();
        string first = DirectoryOf(session, files);
        VariableScope scope = ProjectEnvironment.Resolve(session.Request, [first], session.Token);
        if (files.Count > 0)
        {
            return (files, first, scope);
        }

        files = discovery.Find(scope);
        string directory = DirectoryOf(session, files);
        return (files, directory, directory == first ? scope : ProjectEnvironment.Resolve(session.Request, [first, directory], session.Token));
    }

    private static string DirectoryOf(LoadSession session, IReadOnlyList<ComposeFile> files) =>
        session.Request.ProjectDirectory is { Length: > 0 } given ? session.Request.Paths.Clean(session.Absolute(given))
        : files.Count > 0 ? files[0].Directory
        : session.Request.WorkingDirectory;
}
