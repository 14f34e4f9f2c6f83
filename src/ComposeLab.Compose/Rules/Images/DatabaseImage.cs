using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Rules.Images;

/// <summary>Facts about the image of a database.</summary>
/// <param name="Product">Its display name.</param>
/// <param name="Ports">The ports it listens on.</param>
/// <param name="DataFolders">Its possible data folders; empty: it is mostly used without any.</param>
internal sealed record DatabaseImage(string Product, IReadOnlyList<long> Ports, IReadOnlyList<string> DataFolders)
{
    private static readonly DatabaseImage Postgres = new("PostgreSQL", [5432], ["/var/lib/postgresql/data"]);
    private static readonly DatabaseImage MySql = new("MySQL", [3306, 33060], ["/var/lib/mysql"]);
    private static readonly DatabaseImage MariaDb = MySql with { Product = "MariaDB" };
    private static readonly DatabaseImage Mongo = new("MongoDB", [27017], ["/data/db"]);
    private static readonly DatabaseImage Redis = new("Redis", [6379], []);
    private static readonly DatabaseImage SqlServer = new("SQL Server", [1433], ["/var/opt/mssql", "/var/opt/mssql/data"]);
    private static readonly DatabaseImage Oracle = new("Oracle Database", [1521], ["/opt/oracle/oradata"]);

    private static readonly Dictionary<string, DatabaseImage> Known = new(StringComparer.Ordinal)
    {
        ["postgres"] = Postgres,
        ["postgresql"] = Postgres,
        ["postgis"] = Postgres with { Product = "PostGIS" },
        ["pgvector"] = Postgres,
        ["timescaledb"] = Postgres with { Product = "TimescaleDB" },
        ["mysql"] = MySql,
        ["mysql-server"] = MySql,
        ["mariadb"] = MariaDb,
        ["percona"] = MySql with { Product = "Percona Server" },
        ["percona-server"] = MySql with { Product = "Percona Server" },
        ["mongo"] = Mongo,
        ["mongodb"] = Mongo,
        ["mongodb-community-server"] = Mongo,
        ["redis"] = Redis,
        ["redis-stack"] = Redis,
        ["redismod"] = Redis,
        ["redis-stack-server"] = Redis,
        ["valkey"] = Redis with { Product = "Valkey" },
        ["keydb"] = Redis with { Product = "KeyDB" },
        ["dragonfly"] = Redis with { Product = "Dragonfly" },
        ["memcached"] = new("Memcached", [11211], []),
        ["azure-sql-edge"] = SqlServer,
        ["oracle-xe"] = Oracle,
        ["oracle-free"] = Oracle,
        ["cassandra"] = new("Cassandra", [9042, 7000, 9160], ["/var/lib/cassandra"]),
        ["scylla"] = new("ScyllaDB", [9042], ["/var/lib/scylla"]),
        ["elasticsearch"] = new("Elasticsearch", [9200, 9300], ["/usr/share/elasticsearch/data"]),
        ["opensearch"] = new("OpenSearch", [9200, 9600], ["/usr/share/opensearch/data"]),
        ["couchdb"] = new("CouchDB", [5984], ["/opt/couchdb/data"]),
        ["neo4j"] = new("Neo4j", [7474, 7687], ["/data"]),
        ["influxdb"] = new("InfluxDB", [8086], ["/var/lib/influxdb", "/var/lib/influxdb2", "/var/lib/influxdb3"]),
        ["clickhouse"] = new("ClickHouse", [8123, 9000], ["/var/lib/clickhouse"]),
        ["clickhouse-server"] = new("ClickHouse", [8123, 9000], ["/var/lib/clickhouse"]),
        ["cockroach"] = new("CockroachDB", [26257], ["/cockroach/cockroach-data"]),
        ["arangodb"] = new("ArangoDB", [8529], ["/var/lib/arangodb3"]),
    };

    private static readonly Dictionary<long, DatabaseImage> ByPort = new()
    {
        [5432] = Postgres,
        [3306] = MySql,
        [27017] = Mongo,
        [6379] = Redis,
        [1433] = SqlServer,
        [1521] = Oracle,
        [11211] = Known["memcached"],
        [9042] = Known["cassandra"],
        [26257] = Known["cockroach"],
    };

    /// <summary>The database in an image.</summary>
    /// <param name="image">The image; may be null.</param>
    /// <returns>The facts; null if it is not a known database.</returns>
    public static DatabaseImage? Of(ImageReference? image) => image switch
    {
        null => null,
        { Name: "server" } when image.Repository.EndsWith("mssql/server", StringComparison.OrdinalIgnoreCase) => SqlServer,
        _ => Known.GetValueOrDefault(image.Name) is { } database ? database.In(image) : null,
    };

    /// <summary>The database that a port belongs to, whatever the image.</summary>
    /// <param name="port">A port in a container.</param>
    /// <returns>The facts; null for other ports.</returns>
    public static DatabaseImage? Behind(PortDefinition port) => port.Target is { } target ? ByPort.GetValueOrDefault(target) : null;

    // Since version 18 the official image keeps a folder per version below the one to mount.
    private DatabaseImage In(ImageReference image) => image switch
    {
        { IsBitnami: true } => this with { DataFolders = DataFolders.Count == 0 ? [] : [$"/bitnami/{image.Name}", $"/bitnami/{image.Name}/data"] },
        { Name: "postgres", Major: >= 18 } => this with { DataFolders = ["/var/lib/postgresql"] },
        { Name: "postgres", Major: null } => this with { DataFolders = ["/var/lib/postgresql/data", "/var/lib/postgresql"] },
        _ => this,
    };
}
