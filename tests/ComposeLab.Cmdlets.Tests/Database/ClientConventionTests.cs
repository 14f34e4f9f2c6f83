using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Database.Logins;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Database;

/// <summary>Which login of a service is read out of which variables, and which services count as databases.</summary>
public sealed class ClientConventionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("postgresql://u:p%40w@h:5433/d?sslmode=require", "u@h:5433/d", "p@w", "require")]
    [InlineData("postgres://u@h", "u@h:5432/u", null, null)]
    [InlineData("postgresql+asyncpg://u:p@h/d?ssl=require", "u@h:5432/d", "p", "require")]
    [InlineData("postgresql+psycopg2://u:p@[::1]:5432/d", "u@[::1]:5432/d", "p", null)]
    [InlineData("postgresql://u:p@/d?host=h&port=5433", "u@h:5433/d", "p", null)]
    [InlineData("postgresql://u:p@h1:5432,h2:5433/d?target_session_attrs=read-write", "u@h1:5432,h2:5433/d", "p", null)]
    [InlineData("postgresql://h/d?user=a%40b&password=p", "a@b@h:5432/d", "p", null)]
    [InlineData("postgis://u:p@h/d", "u@h:5432/d", "p", null)]
    [InlineData("ecto://u:p@h/d", "u@h:5432/d", "p", null)]
    [InlineData("r2dbc:postgresql://u:p@h/d", "u@h:5432/d", "p", null)]
    [InlineData("jdbc:postgresql://h/d?user=u&password=p&ssl=true", "u@h:5432/d", "p", "require")]
    [InlineData("Host=h;Port=5433;Database=d;Username=u;Password=p;SSL Mode=Require", "u@h:5433/d", "p", "require")]
    [InlineData("host=h port=5433 user=u password='p w' dbname=d", "u@h:5433/d", "p w", null)]
    [InlineData("pgsql:host=h;port=5432;dbname=d;user=u;password=p", "u@h:5432/d", "p", null)]
    public void A_connection_string_is_read(string text, string login, string? password, string? tls)
    {
        ClientLogin read = Assert.Single(Logins($"DATABASE_URL: \"{text.Replace("$", "$$", StringComparison.Ordinal)}\""));

        Assert.Equal((login, password, tls), (read.ToString(), read.Password, read.TlsMode));
    }

    [Theory]
    [InlineData("http://db:5432/lab")]
    [InlineData("mysql://u:p@h/d")]
    [InlineData("Server=h;Database=d;User Id=sa;Password=p")]
    [InlineData("redis://cache:6379/0")]
    [InlineData("plain text = with a sign")]
    public void Other_values_are_not_a_login(string text) => Assert.Empty(Logins($"SOME_URL: '{text}'"));

    [Theory]
    [InlineData("DB_HOST: db", "DB_PORT: '5433'", "DB_USER: u", "DB_PASS: p", "DB_NAME: d")]
    [InlineData("DATABASE_HOST: db", "DATABASE_PORT: '5433'", "DATABASE_USERNAME: u", "DATABASE_PASSWORD: p", "DATABASE_NAME: d")]
    [InlineData("POSTGRES_SERVER: db", "POSTGRES_PORT: '5433'", "POSTGRES_USER: u", "POSTGRES_PASSWORD: p", "POSTGRES_DB: d")]
    [InlineData("POSTGRESQL_HOST: db", "POSTGRESQL_PORT_NUMBER: '5433'", "POSTGRESQL_USERNAME: u", "POSTGRESQL_PASSWORD: p", "POSTGRESQL_DATABASE: d")]
    [InlineData("PGHOST: db", "PGPORT: '5433'", "PGUSER: u", "PGPASSWORD: p", "PGDATABASE: d")]
    [InlineData("DB_HOSTNAME: db", "DB_PORT: '5433'", "DB_USERNAME: u", "DB_PASSWORD: p", "DB_DATABASE_NAME: d")]
    [InlineData("KC_DB_URL_HOST: db", "KC_DB_URL_PORT: '5433'", "KC_DB_USERNAME: u", "KC_DB_PASSWORD: p", "KC_DB_URL_DATABASE: d")]
    [InlineData("GF_DATABASE_HOST: 'db:5433'", "GF_DATABASE_TYPE: postgres", "GF_DATABASE_USER: u", "GF_DATABASE_PASSWORD: p", "GF_DATABASE_NAME: d")]
    [InlineData("MB_DB_HOST: db", "MB_DB_PORT: '5433'", "MB_DB_USER: u", "MB_DB_PASS: p", "MB_DB_DBNAME: d")]
    [InlineData("PAPERLESS_DBHOST: db", "PAPERLESS_DBPORT: '5433'", "PAPERLESS_DBUSER: u", "PAPERLESS_DBPASS: p", "PAPERLESS_DBNAME: d")]
    [InlineData("AUTHENTIK_POSTGRESQL__HOST: db", "AUTHENTIK_POSTGRESQL__PORT: '5433'", "AUTHENTIK_POSTGRESQL__USER: u", "AUTHENTIK_POSTGRESQL__PASSWORD: p", "AUTHENTIK_POSTGRESQL__NAME: d")]
    [InlineData("GITEA__database__HOST: 'db:5433'", "GITEA__database__DB_TYPE: postgres", "GITEA__database__USER: u", "GITEA__database__PASSWD: p", "GITEA__database__NAME: d")]
    [InlineData("DB_POSTGRESDB_HOST: db", "DB_POSTGRESDB_PORT: '5433'", "DB_POSTGRESDB_USER: u", "DB_POSTGRESDB_PASSWORD: p", "DB_POSTGRESDB_DATABASE: d")]
    [InlineData("DB_SERVER_HOST: db", "DB_SERVER_PORT: '5433'", "POSTGRES_USER: u", "POSTGRES_PASSWORD: p", "POSTGRES_DB: d")]
    [InlineData("HOST: db", "PORT: '5433'", "USER: u", "PASSWORD: p", "DB: d")]
    [InlineData("SPRING_DATASOURCE_URL: 'jdbc:postgresql://db:5433/d'", "SPRING_DATASOURCE_USERNAME: u", "SPRING_DATASOURCE_PASSWORD: p")]
    [InlineData("QUARKUS_DATASOURCE_JDBC_URL: 'jdbc:postgresql://db:5433/d'", "QUARKUS_DATASOURCE_USERNAME: u", "QUARKUS_DATASOURCE_PASSWORD: p")]
    [InlineData("SONAR_JDBC_URL: 'jdbc:postgresql://db:5433/d'", "SONAR_JDBC_USERNAME: u", "SONAR_JDBC_PASSWORD: p")]
    [InlineData("DATABASE_URL: 'postgresql://u@db:5433/d'", "DATABASE_PASSWORD: p")]
    [InlineData("ConnectionStrings__Default: 'Host=db;Port=5433;Database=d;Username=u;Password=p'")]
    public void Groups_of_variables_are_read_as_one_login(params string[] variables)
    {
        ClientLogin read = Assert.Single(Logins(variables));

        Assert.Equal(("u@db:5433/d", "p"), (read.ToString(), read.Password));
    }

    [Theory]
    [InlineData("DB_CONNECTION: mysql", "DB_HOST: db2", "DB_PORT: '3306'", "DB_DATABASE: d", "DB_USERNAME: u")]
    [InlineData("GF_DATABASE_TYPE: sqlite3", "GF_DATABASE_HOST: db2", "GF_DATABASE_USER: u")]
    [InlineData("KC_DB: mariadb", "KC_DB_URL_HOST: db2", "KC_DB_USERNAME: u")]
    [InlineData("TEST_DATABASE_URL: 'postgresql://u:p@db/d_test'")]
    [InlineData("SHADOW_DATABASE_URL: 'postgresql://u:p@db/shadow'")]
    [InlineData("DB_POOL_SIZE: '5'", "DB_POOL_NAME: main")]
    public void A_value_for_another_server_or_that_is_not_used_is_not_a_login(params string[] variables) => Assert.Empty(Logins(variables));

    [Fact]
    public void Every_connection_of_a_service_is_a_separate_login_and_duplicates_are_one() =>
        Assert.Equal(
            ["DATABASE_URL", "REPORTS_DATABASE_URL"],
            Logins("DATABASE_URL: 'postgresql://u:p@db/d'", "REPORTS_DATABASE_URL: 'postgresql://u:p@db/r'", "CACHE_DATABASE_URL: 'postgresql://u:p@db/d'").Select(login => login.Variable));

    [Fact]
    public void Parts_without_a_server_are_fragments_and_not_a_login()
    {
        ClientReading read = Read("POSTGRES_USER: u", "POSTGRES_PASSWORD: p");

        Assert.Empty(read.Logins);
        Assert.Equal(["POSTGRES_PASSWORD", "POSTGRES_USER"], read.Fragments);
    }

    [Fact]
    public void A_password_is_read_from_the_secret_in_its_variable()
    {
        _folder.Write("pw.txt", "from-a-file\n");
        ComposeProject project = Load(
            """
            services:
              db: { image: postgres:16 }
              api: { image: api, environment: { DB_HOST: db, DB_USER: u, DB_PASSWORD_FILE: /run/secrets/pw }, secrets: [pw] }
            secrets: { pw: { file: ./pw.txt } }
            """);

        Assert.Equal("from-a-file", Assert.Single(DatabaseServices.Of(project).ClientsOf(project.Services["api"]).Logins).Password);
    }

    [Theory]
    [InlineData("postgresql://u:8812/w0rd@db:5432/d", "8812/w0rd")]
    [InlineData("postgresql://u:p@w@db:5432/d", "p@w")]
    [InlineData("postgresql://u:p%w@db:5432/d", "p%w")]
    [InlineData("postgresql://u:a/b@c@db/d?sslmode=disable", "a/b@c")]
    public void A_password_that_is_not_encoded_is_distinguished_from_the_intended_one(string text, string password)
    {
        ConnectionText read = ConnectionText.Parse(text)!;

        Assert.True(read.IsNotEncoded);
        Assert.Equal((password, "db"), (read.Meant!.Password, read.Meant.Servers[0].Host));
    }

    [Theory]
    [InlineData("postgresql://u:p%40w@db:5432/d", false)]
    [InlineData("postgresql://db:5432/d?user=u&password=a%40b", false)]
    [InlineData("postgresql://db:5432/d?user=a@b", false)]
    [InlineData("postgresql://u:p#w@db:5432/d", true)]
    public void A_password_that_libpq_reads_correctly_needs_no_encoding(string text, bool isAmbiguous)
    {
        ConnectionText read = ConnectionText.Parse(text)!;

        Assert.Equal((false, isAmbiguous), (read.IsNotEncoded, read.IsAmbiguous));
    }

    [Theory]
    [InlineData("image: postgres:16-alpine", true)]
    [InlineData("image: bitnami/postgresql:16", true)]
    [InlineData("image: postgis/postgis:16-3.4", true)]
    [InlineData("image: timescale/timescaledb-ha:pg16", true)]
    [InlineData("image: registry.local:5000/team/my-postgres:3", true)]
    [InlineData("image: shop/db:3\n    volumes: [\"data:/var/lib/postgresql/data\"]", true)]
    [InlineData("build: ./db\n    healthcheck: { test: [CMD, pg_isready] }\n    environment: { POSTGRES_PASSWORD: p }", true)]
    [InlineData("image: prometheuscommunity/postgres-exporter", false)]
    [InlineData("image: edoburu/pgbouncer\n    environment: { DATABASE_URL: 'postgresql://u:p@other/d' }", false)]
    [InlineData("image: postgres:16\n    command: [sh, -c, pg_dump]\n    environment: { PGHOST: other, PGUSER: u }", false)]
    [InlineData("image: shop/web\n    environment: { POSTGRES_PASSWORD: p, POSTGRES_USER: u, POSTGRES_HOST: other }", false)]
    [InlineData("image: mysql:8", false)]
    public void A_database_is_recognized_by_its_image_its_data_or_its_health_check(string service, bool isDatabase)
    {
        ComposeProject project = Load($"services:\n  other: {{ image: postgres:16 }}\n  it:\n    {service}\nvolumes: {{ data: {{}} }}\n");

        Assert.Equal(isDatabase, DatabaseServices.Of(project).Servers.Any(server => server.Name == "it"));
    }

    private IReadOnlyList<ClientLogin> Logins(params string[] variables) => Read(variables).Logins;

    private ClientReading Read(params string[] variables)
    {
        ComposeProject project = Load($"services:\n  db: {{ image: postgres:16 }}\n  api:\n    image: api\n    environment:\n{string.Concat(variables.Select(variable => $"      {variable}\n"))}");
        return DatabaseServices.Of(project).ClientsOf(project.Services["api"]);
    }

    private ComposeProject Load(string text)
    {
        _folder.Write("compose.yaml", "name: shop\n" + text);
        var selection = new ProjectSelection { Path = _folder.Path, Location = _folder.Path, Environment = new Dictionary<string, string>() };
        return ComposeLoader.Load(ProjectSelector.ToRequest(selection), CancellationToken.None);
    }
}
