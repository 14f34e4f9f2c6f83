namespace ComposeLab.Database.Probing;

/// <summary>The steps of a login, in order.</summary>
internal enum LoginStep
{
    /// <summary>A connection to the port.</summary>
    Tcp,

    /// <summary>What the server says about TLS.</summary>
    Tls,

    /// <summary>User and password.</summary>
    Authentication,

    /// <summary>The database of the login.</summary>
    Database,

    /// <summary>A query.</summary>
    Query,
}
