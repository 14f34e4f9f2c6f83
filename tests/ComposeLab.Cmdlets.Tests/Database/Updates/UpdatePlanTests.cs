using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Updates;
using ComposeLab.Engine.Docker;
using ComposeLab.Errors;

namespace ComposeLab.Cmdlets.Tests.Database.Updates;

/// <summary>What an update does, what it refuses before anything is changed, and what happens when a phase fails.</summary>
public sealed class UpdatePlanTests
{
    private static readonly UpdateState State = StateOf("      - data:/var/lib/postgresql/data", "  data: { name: shop_data }");

    [Fact]
    public void The_new_volume_has_the_version_in_its_name() => Assert.Equal(new UpdatePlan("data", "shop_data", "shop_data_pg17", null), UpdatePlan.Of(State));

    [Theory]
    [InlineData("shop_data_pg17", "shop_data_pg17_2")]
    [InlineData("shop_data_pg16", "shop_data_pg17")]
    public void An_existing_volume_is_never_used(string existing, string expected) =>
        Assert.Equal(expected, UpdatePlan.Of(StateOf("      - data:/var/lib/postgresql/data", $"  data: {{ name: {(expected.EndsWith('2') ? "shop_data" : existing)} }}") with { Volumes = [existing] }).NewVolume);

    [Fact]
    public void Since_version_18_the_official_image_is_mounted_at_another_path()
    {
        Assert.Equal("/var/lib/postgresql", UpdatePlan.Of(State with { NewImage = "postgres:18-alpine", NewMajor = 18 }).Target);
        Assert.Null(UpdatePlan.Of(State with { NewImage = "bitnami/postgresql:18", NewMajor = 18 }).Target);
    }

    [Theory]
    [InlineData(17, 17)]
    [InlineData(17, 16)]
    public void Only_a_later_major_version_is_an_update(int data, int wanted) => Refused(LabErrorId.UpdateNotPossible, State with { DataMajor = data, NewMajor = wanted });

    [Fact]
    public void A_missing_image_is_an_error() => Refused(LabErrorId.ImageNotFound, State with { NewMajor = null });

    [Fact]
    public void A_disk_without_enough_room_is_an_error() => Refused(LabErrorId.DiskFull, State with { Bytes = 1000, FreeBytes = 1100 });

    [Fact]
    public void What_a_dump_does_not_contain_is_an_error()
    {
        Refused(LabErrorId.UpdateNotPossible, State with { PreparedTransactions = 1 });
        Refused(LabErrorId.UpdateNotPossible, State with { Tablespaces = ["fast"] });
    }

    [Theory]
    [InlineData("      - ./data:/var/lib/postgresql/data", "  other:")]
    [InlineData("      - /var/lib/postgresql/data", "  other:")]
    [InlineData("      - data:/var/lib/postgresql/data", "  data: { driver_opts: { type: none, o: bind, device: /srv/data } }")]
    public void Data_that_is_not_in_a_named_volume_of_its_own_is_an_error(string mount, string volume) => Refused(LabErrorId.UpdateNotPossible, StateOf(mount, volume));

    [Theory]
    [InlineData("postgres:16-alpine", "postgres:17-alpine")]
    [InlineData("postgres:16.4-alpine3.20", "postgres:17-alpine3.20")]
    [InlineData("registry:5000/team/postgres:16@sha256:aa", "registry:5000/team/postgres:17")]
    [InlineData("postgis/postgis:16-3.4", "postgis/postgis:17-3.4")]
    [InlineData("postgres:latest", null)]
    [InlineData("postgres", null)]
    public void The_version_in_the_name_of_an_image_is_changed(string image, string? expected) => Assert.Equal(expected, UpdatePlan.WithMajor(image, 17));

    [Fact]
    public void The_new_server_has_the_settings_of_the_service_without_its_places_and_its_password()
    {
        var service = new ContainerSpec
        {
            Name = "shop-db-1",
            Image = "postgres:17",
            Command = ["-c", "work_mem=8MB"],
            Environment = ["POSTGRES_USER=shop", "POSTGRES_PASSWORD=canary-secret", "POSTGRES_DB=shop", "POSTGRES_INITDB_ARGS=--no-sync", "TZ=UTC"],
            Binds = ["shop_data_pg17:/var/lib/postgresql/data:rw", "/srv/init:/docker-entrypoint-initdb.d:ro", "/srv/conf:/etc/conf:ro"],
            Ports = [new PortBindingSpec(5432, "tcp", "127.0.0.1", "5432")],
        };

        ContainerSpec spec = UpdateSpecs.New(service, "postgres:17", "shop_data_pg17", "/var/lib/postgresql/data", "shop", "random", "--encoding=UTF8");

        Assert.Equal(("none", "postgres:17"), (spec.NetworkMode!, spec.Image));
        Assert.Equal(["-c", "work_mem=8MB"], spec.Command!);
        Assert.Equal(["/srv/conf:/etc/conf:ro"], spec.Binds);
        Assert.Equal(("shop_data_pg17", "/var/lib/postgresql/data"), (spec.Mounts.Single().Source, spec.Mounts.Single().Target));
        Assert.Empty(spec.Ports);
        Assert.Equal(["POSTGRES_USER=shop", "TZ=UTC", "POSTGRES_DB=postgres", "POSTGRES_INITDB_ARGS=--no-sync --encoding=UTF8", "POSTGRES_PASSWORD=random"], spec.Environment);
    }

    [Fact]
    public void A_record_is_read_as_it_was_written()
    {
        var record = new UpdateRecord { OldVolume = "a", OldMajor = 16, OldImage = "postgres:16", NewMajor = 17, ChangedImage = true, Changes = [new LineChange("compose.yaml", 3, "  data:", "  data: { name: \"ü\" }")] };

        UpdateRecord? read = UpdateRecord.Read(record.Write());

        Assert.Equal(record.Write(), read!.Write());
        Assert.Null(UpdateRecord.Read("{"));
        Assert.Null(UpdateRecord.Read(null));
    }

    [Theory]
    [InlineData(nameof(UpdatePhase.HoldWrites))]
    [InlineData(nameof(UpdatePhase.Dump))]
    [InlineData(nameof(UpdatePhase.CreateVolume))]
    [InlineData(nameof(UpdatePhase.Restore))]
    [InlineData(nameof(UpdatePhase.ChangeFiles))]
    [InlineData(nameof(UpdatePhase.Recreate))]
    [InlineData(nameof(UpdatePhase.Check))]
    public async Task A_failed_phase_and_those_before_it_are_undone_in_reverse_order(string phase)
    {
        var failing = Enum.Parse<UpdatePhase>(phase);
        var work = new ScriptedWork { Failing = failing };

        var fault = await Assert.ThrowsAsync<UpdateFault>(() => UpdateSequence.RunAsync(work, CancellationToken.None));

        UpdatePhase[] begun = [.. Enum.GetValues<UpdatePhase>().Where(candidate => candidate <= failing)];
        Assert.Equal(failing, fault.Phase);
        Assert.Empty(fault.Failures);
        Assert.Equal([.. begun.Select(done => $"run {done}"), .. Enumerable.Reverse(begun).Select(done => $"undo {done}")], work.Log);
    }

    [Fact]
    public async Task What_cannot_be_undone_is_reported_and_the_rest_is_undone()
    {
        var work = new ScriptedWork { Failing = UpdatePhase.Check, Stuck = UpdatePhase.Recreate };

        var fault = await Assert.ThrowsAsync<UpdateFault>(() => UpdateSequence.RunAsync(work, CancellationToken.None));

        Assert.Single(fault.Failures);
        Assert.Equal("undo HoldWrites", work.Log[^1]);
    }

    [Fact]
    public async Task A_canceled_update_is_undone_and_stays_a_cancellation()
    {
        using var stop = new CancellationTokenSource();
        var work = new ScriptedWork { During = phase => phase == UpdatePhase.Dump ? stop.CancelAsync() : Task.CompletedTask };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => UpdateSequence.RunAsync(work, stop.Token));

        Assert.Equal(["run HoldWrites", "run Dump", "undo Dump", "undo HoldWrites"], work.Log);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(nameof(UpdatePhase.Dump))]
    public async Task An_error_after_a_cancellation_is_the_cancellation_unless_something_could_not_be_undone(string? stuck)
    {
        using var stop = new CancellationTokenSource();
        var work = new ScriptedWork
        {
            Failing = UpdatePhase.Restore,
            Stuck = stuck is null ? null : Enum.Parse<UpdatePhase>(stuck),
            During = phase => phase == UpdatePhase.Restore ? stop.CancelAsync() : Task.CompletedTask,
        };

        Exception fault = (await Record.ExceptionAsync(() => UpdateSequence.RunAsync(work, stop.Token)))!;

        Assert.Equal(stuck is null ? typeof(OperationCanceledException) : typeof(UpdateFault), fault.GetType());
    }

    [Fact]
    public void The_version_of_a_collation_is_recorded_after_the_indexes_were_rebuilt() => Assert.Equal(
        ["REINDEX DATABASE \"shop\"", "ALTER COLLATION \"pg_catalog\".\"de-x-icu\" REFRESH VERSION", "ALTER DATABASE \"shop\" REFRESH COLLATION VERSION"],
        CollationRefresh.Statements("shop", [new OutdatedCollation("shop", null, null, "1", "2"), new OutdatedCollation("shop", "pg_catalog", "de-x-icu", "1", "2")]));

    private static void Refused(LabErrorId id, UpdateState state) => Assert.Equal(id, Assert.Throws<LabException>(() => UpdatePlan.Of(state)).Id);

    private static UpdateState StateOf(string mount, string volume)
    {
        string file = Path.GetFullPath("/nowhere/compose.yaml");
        ComposeProject project = ComposeLoader.Load(
            new ComposeRequest
            {
                WorkingDirectory = "/nowhere",
                Files = [file],
                ProjectName = "shop",
                Texts = new Dictionary<string, string> { [file] = $"services:\n  db:\n    image: postgres:16\n    volumes:\n{mount}\nvolumes:\n{volume}\n" },
            },
            CancellationToken.None);
        ServiceDefinition service = project.Services["db"];
        MountDefinition? data = UpdatePlan.DataMount(service, "/var/lib/postgresql/data");
        return new UpdateState
        {
            Service = "db",
            DataMajor = 16,
            Runs = true,
            OldImage = "postgres:16",
            NewImage = "postgres:17",
            NewMajor = 17,
            Mount = data,
            Volume = data?.Source is { } key ? project.Volumes.GetValueOrDefault(key) : null,
            Volumes = ["shop_data"],
        };
    }

    /// <summary>Work that fails where a test needs it.</summary>
    private sealed class ScriptedWork : IUpdateWork
    {
        public List<string> Log { get; } = [];

        public UpdatePhase? Failing { get; init; }

        public UpdatePhase? Stuck { get; init; }

        public Func<UpdatePhase, Task> During { get; init; } = _ => Task.CompletedTask;

        public async Task RunAsync(UpdatePhase phase, CancellationToken token)
        {
            Log.Add($"run {phase}");
            await During(phase);
            if (phase == Failing)
            {
                throw new InvalidOperationException("scripted");
            }
        }

        public Task UndoAsync(UpdatePhase phase)
        {
            Log.Add($"undo {phase}");
            return phase == Stuck ? throw new InvalidOperationException("scripted") : Task.CompletedTask;
        }
    }
}
