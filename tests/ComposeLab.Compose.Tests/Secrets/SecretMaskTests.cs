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
    public void A_secret_in_a_text_is_hidden(string text, string shown) =>
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
    public void What_tells_no_secret_stays_readable(string text) =>
        Assert.Equal(text, SecretMask.Standard.MaskText(text));
}
