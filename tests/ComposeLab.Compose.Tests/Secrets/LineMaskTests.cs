using ComposeLab.Compose.Secrets;

namespace ComposeLab.Compose.Tests.Secrets;

public sealed class LineMaskTests
{
    [Theory]
    [InlineData("    DB_PASSWORD: correct horse battery", "    DB_PASSWORD: ********")]
    [InlineData("  - DB_PASSWORD=correct horse", "  - DB_PASSWORD=********")]
    [InlineData("environment: {DB_PASSWORD: 'correct horse', PORT: [1]}", "environment: {DB_PASSWORD: '********', PORT: [1]}")]
    [InlineData("    DB_PASSWORD: [correct, horse]", "    DB_PASSWORD: ********")]
    [InlineData("environment: {DB_PASSWORD: [correct], PORT: 1}", "environment: {DB_PASSWORD: ********, PORT: 1}")]
    [InlineData("services: {a: {environment: {DB_PASSWORD: [correct, {b: [horse]}], PORT: 1}}}", "services: {a: {environment: {DB_PASSWORD: ********, PORT: 1}}}")]
    [InlineData("services: {a: {environment: {DB_PASSWORD: {a: correct,", "services: {a: {environment: {DB_PASSWORD: ********")]
    [InlineData("services: {a: {environment: {DB_PASSWORD: correct, PORT: 1}}}", "services: {a: {environment: {DB_PASSWORD: ********, PORT: 1}}}")]
    [InlineData("  \"api_key\": \"correct horse\",", "  \"api_key\": \"********\",")]
    [InlineData("     MIIEowIBAAKCAQEA7bq+d2Jx0cHkXo1f5w==", "     ********")]
    public void A_secret_is_masked_completely(string line, string shown) => Assert.Equal(shown, LineMask.Mask(line));

    [Theory]
    [InlineData("    DB_PASSWORD: ${DB_PASSWORD:?set it}")]
    [InlineData("secrets: [db_password, key]")]
    [InlineData("  PRIVATE_KEY: |")]
    [InlineData("    image: registry/app@sha256:0123456789ABCDEFabcdef0123456789abcdef0123456789abcdef0123456789")]
    [InlineData("    com.example.a-rather-long-label-name-in-lower-case: 1")]
    public void Text_without_secrets_is_unchanged(string line) => Assert.Equal(line, LineMask.Mask(line));

    [Fact]
    public void An_unreadable_line_is_not_shown() => Assert.Equal("", LineMask.Mask(new string('x', 100_000)));
}
