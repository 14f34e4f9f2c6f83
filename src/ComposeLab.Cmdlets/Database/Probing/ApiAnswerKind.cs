namespace ComposeLab.Database.Probing;

/// <summary>The kinds of answers to <c>/db-check</c>.</summary>
internal enum ApiAnswerKind
{
    /// <summary>It was not asked: there is no API, or none of its ports is published.</summary>
    NotAsked,

    /// <summary>The database can be used.</summary>
    Ok,

    /// <summary>The database cannot be used, says the API.</summary>
    Fault,

    /// <summary>The API answers and has no such page.</summary>
    NoEndpoint,

    /// <summary>Nothing listens.</summary>
    Refused,

    /// <summary>The connection was taken and closed without an answer.</summary>
    Broken,

    /// <summary>Nothing came back in time.</summary>
    Silent,
}
