using ComposeLab.Database.Queries;

namespace ComposeLab.Cmdlets.Tests.Database;

public sealed class ScramVerifierTests
{
    private static readonly byte[] Salt = Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ==");

    [Fact]
    public void The_verifier_matches_the_example_in_the_standard() => Assert.Equal(
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
        ScramVerifier.Of("pencil", Salt, 4096));

    [Fact]
    public void Each_verifier_has_a_different_salt() => Assert.NotEqual(ScramVerifier.Of("pencil"), ScramVerifier.Of("pencil"));

    // With the system's Unicode tables, the password is normalized as on a server; without them, the server must do it.
    [Theory]
    [InlineData("pass\u00adword\u00aa", "passworda")]
    [InlineData("a\u00a0\u2168", "a IX")]
    public void A_password_with_other_characters_is_normalized_like_on_a_server_or_by_the_server(string password, string same)
    {
        if ("\u00aa".Normalize(System.Text.NormalizationForm.FormKC) == "a")
        {
            Assert.Equal(ScramVerifier.Of(same, Salt, 4096), ScramVerifier.Of(password, Salt, 4096));
        }
        else
        {
            Assert.Equal(password, ScramVerifier.Of(password));
        }
    }
}
