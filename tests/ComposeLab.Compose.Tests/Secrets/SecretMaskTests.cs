using ComposeLab.Compose.Secrets;

namespace ComposeLab.Compose.Tests.Secrets;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("DB_PASSWORD: hunter2", "DB_PASSWORD: ********")]
    [InlineData("DB_PASSWORD=hunter2 next", "DB_PASSWORD=******** next")]
    [InlineData("DB_PASSWORD: ${DB_PASSWORD:-hunter2}", "DB_PASSWORD: ********")]
    [InlineData("DB_PASSWORD: ${DB_PASSWORD}hunter2", "DB_PASSWORD: ********")]
    [InlineData("DB_PASSWORD: ${DB_PASSWORD:?set}hunter2", "DB_PASSWORD: ********")]
    [InlineData("postgresql://lab:hunter2@db:5432/lab", "postgresql://lab:********@db:5432/lab")]
    [InlineData("postgresql://lab:hun@ter2@db:5432/lab", "postgresql://lab:********@db:5432/lab")]
    [InlineData("redis-server --requirepass hunter2", "redis-server --requirepass ********")]
    [InlineData("{\"secret\":4711,\"port\":1}", "{\"secret\":********,\"port\":1}")]
    [InlineData("DB_PASSWORD: \"hunter2 and 3\", X: 1", "DB_PASSWORD: \"********\", X: 1")]
    [InlineData("{\"DB_PASSWORD\": \"hunter2\"}", "{\"DB_PASSWORD\": \"********\"}")]
    [InlineData("DB_PASSWORD :   'hunter2'", "DB_PASSWORD :   '********'")]
    [InlineData("- \"DB_PASSWORD =hunter2\"", "- \"DB_PASSWORD =********\"")]
    [InlineData("server --password hunter2 --port 1", "server --password ******** --port 1")]
    [InlineData("[server, \"--db-password\", \"hunter2\"]", "[server, \"--db-password\", \"********\"]")]
    public void A_secret_in_text_is_masked(string text, string shown) =>
        Assert.Equal(shown, SecretMask.Standard.MaskText(text));

    [Theory]
    [InlineData("DB_PASSWORD: ${DB_PASSWORD}")]
    [InlineData("DB_PASSWORD: ${DB_PASSWORD:?set it in .env}")]
    [InlineData("DB_PASSWORD_FILE: /run/secrets/password")]
    [InlineData("postgresql://lab@db:5432/lab")]
    [InlineData("DB_PASSWORD: \"${DB_PASSWORD:?}\"")]
    [InlineData("server --password --port 1")]
    [InlineData("server --password-file /run/secrets/password --port 1")]
    [InlineData("DB_PASSWORD: ''")]
    public void Text_without_secrets_is_unchanged(string text) =>
        Assert.Equal(text, SecretMask.Standard.MaskText(text));

    [Theory]
    [InlineData("failed to compute cache key: \"/package.json\" not found")]
    [InlineData("unknown key: color")]
    [InlineData("password: must be at least 12 characters")]
    [InlineData("open \"/etc/passwd\": permission denied")]
    [InlineData("invalid token: unexpected end of input")]
    [InlineData("Get http://proxy.example:8080/logo@2x.png: 404")]
    [InlineData("the secret: see the manual")]
    public void Prose_about_keys_and_passwords_keeps_its_diagnosis(string text) =>
        Assert.Equal(text, SecretMask.Standard.MaskText(text));

    [Theory]
    [InlineData("redis-cli -a hunter2 ping", "redis-cli -a ******** ping")]
    [InlineData("sh -c \"redis-cli -h db -a 'hunter2' ping\"", "sh -c \"redis-cli -h db -a '********' ping\"")]
    [InlineData("mysqladmin ping -uroot -phunter2", "mysqladmin ping -uroot -p********")]
    [InlineData("mongosh -u root -p hunter2", "mongosh -u root -p ********")]
    [InlineData("curl -fsS -u admin:hunter2 http://x/", "curl -fsS -u admin:******** http://x/")]
    [InlineData("sshpass -p hunter2 ssh host", "sshpass -p ******** ssh host")]
    [InlineData("curl -H 'Authorization: Bearer abc.DEF-123456' http://x", "curl -H 'Authorization: Bearer ********' http://x")]
    [InlineData("Authorization: Basic bGFiOmh1bnRlcjI=", "Authorization: Basic ********")]
    [InlineData("https://x.example/cb?sv=1&sig=aGVs%2Bbg%3D&x=1", "https://x.example/cb?sv=1&sig=********&x=1")]
    [InlineData("https://x.example/hook?token=hunter2", "https://x.example/hook?token=********")]
    [InlineData("https://hooks.slack.com/services/T0/B0/hunter2", "https://hooks.slack.com/services/********")]
    [InlineData("https://0123456789abcdef0123@git.example/x.git", "https://********@git.example/x.git")]
    [InlineData("postgres://lab:hun/ter#2@db/lab", "postgres://lab:********@db/lab")]
    [InlineData("postgres://lab:5432/a@db/lab", "postgres://lab:********@db/lab")]
    [InlineData("admin:$$2y$$05$$abcdefghijklmnopqrstuv", "admin:********")]
    [InlineData("admin:$apr1$abc$defghijklmnop", "admin:********")]
    [InlineData("ghp_0123456789abcdefghij0123", "********")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nend", "********\nend")]
    [InlineData("Host=db;Username=lab;Password=hunter2;Database=lab", "Host=db;Username=lab;Password=********;Database=lab")]
    public void A_secret_is_recognized_by_its_form(string text, string shown) => Assert.Equal(shown, SecretMask.Standard.MaskText(text));

    [Theory]
    [InlineData("DB_PASSWORD")]
    [InlineData("DBPASS")]
    [InlineData("PGPASS")]
    [InlineData("PGPASSWORD")]
    [InlineData("MYSQL_ROOT_PWD")]
    [InlineData("GITHUB_PAT")]
    [InlineData("SENTRY_DSN")]
    [InlineData("APP_SALT")]
    [InlineData("ERLANG_COOKIE")]
    [InlineData("AWS_CREDS")]
    [InlineData("clientSecret")]
    [InlineData("apiKey")]
    [InlineData("AWS_SECRET_ACCESS_KEY")]
    [InlineData("ENCRYPTION_KEY_2")]
    [InlineData("SECRET_KEY_BASE")]
    [InlineData("JWT")]
    [InlineData("REDIS_AUTH")]
    [InlineData("ADMIN_PASSWORD_HASH")]
    [InlineData("db-password")]
    [InlineData("ACCESSTOKEN")]
    [InlineData("requirepass")]
    public void The_name_of_a_secret_is_recognized(string name) => Assert.True(SecretMask.Standard.IsSecretName(name));

    [Theory]
    [InlineData("PWD")]
    [InlineData("OLDPWD")]
    [InlineData("KEYBOARD")]
    [InlineData("MONKEY")]
    [InlineData("COMPASS")]
    [InlineData("BYPASS_CACHE")]
    [InlineData("DB_PASSWORD_FILE")]
    [InlineData("TOKEN_TTL")]
    [InlineData("PASSWORD_MIN_LENGTH")]
    [InlineData("POSTGRES_HOST_AUTH_METHOD")]
    [InlineData("SSH_PUBLIC_KEY")]
    [InlineData("COOKIE_NAME")]
    [InlineData("MAX_TOKENS")]
    [InlineData("PATH")]
    [InlineData("AUTHOR")]
    [InlineData("PASSPORT_COUNTRY")]
    [InlineData("SECRETARY")]
    [InlineData("PATTERN")]
    [InlineData("com.docker.compose.project")]
    public void A_name_that_only_looks_like_one_is_not_masked(string name) => Assert.False(SecretMask.Standard.IsSecretName(name));

    [Fact]
    public void A_known_value_is_masked_everywhere() =>
        Assert.Equal("run ******** now", new SecretMask(["hunter2"]).MaskText("run hunter2 now"));

    [Fact]
    public void The_words_of_a_command_are_masked_by_the_option_before_them() =>
        Assert.Equal(
            ["redis-server", "--requirepass", "********", "-a", "x"],
            SecretMask.Standard.MaskWords(["redis-server", "--requirepass", "hunter2", "-a", "x"]));

    [Theory]
    [InlineData("abcdefghij", "********")]
    [InlineData("x abcdef y cdefghij", "x ******** y ********")]
    [InlineData("abcdabcdef", "abcd********")]
    [InlineData("abcde", "abcde")]
    [InlineData("a xyz b", "a ******** b")]
    public void Known_values_that_overlap_are_hidden_as_one(string text, string masked) =>
        Assert.Equal(masked, new SecretMask(["abcdef", "cdefghij", "xyz"]).HideValues(text));
}
