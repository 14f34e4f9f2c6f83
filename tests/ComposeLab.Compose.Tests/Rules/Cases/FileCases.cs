namespace ComposeLab.Compose.Tests.Rules.Cases;

internal static class FileCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("ExtensionMisspelt", "keys that look like attributes", """
            x-volumes: # !
              data:
            services:
              a:
                image: team/a:1
                x-restart: always # !
                x-helthcheck: # !
                  test: [CMD, "true"]
            """),
        new("ExtensionMisspelt", "notes, and fragments that aliases use", """
            x-logging: &logging
              driver: local
            x-networks: &nets
              front:
            x-services: &common
              image: team/a:1
            x-owner: team
            services:
              a:
                <<: *common
                logging: *logging
                networks: *nets
                x-contact: someone
            networks:
              front:
            """),
        new("VersionKey", "an obsolete key", "version: \"3.8\" # !\nservices:\n  a:\n    image: team/a:1\n"),
        new("VersionKey", "a file without it", "services:\n  a:\n    image: team/a:1\n"),
        new("TruthValue", "words of YAML 1.1", "services:\n  a:\n    image: team/a:1\n    tty: \"yes\" # !\n"),
        new("TruthValue", "true and false", "services:\n  a:\n    image: team/a:1\n    tty: true\n    stdin_open: \"false\"\n"),
        new("AllowIncomplete", "incomplete comments", """
            services:
              a: # composelab: allow # !
                image: nginx # composelab: allow ImageNotPinned # !
                privileged: true # composelab: allow Priviledged it must # !
            """),
        new("AllowIncomplete", "a comment with rule and reason", "services:\n  a:\n    image: nginx # composelab: allow ImageNotPinned a throw-away lab\n"),
        new("ImageNotPinned", "a comment on the line", "services:\n  a:\n    image: nginx # composelab: allow ImageNotPinned,Privileged a throw-away lab\n  b:\n    image: httpd # !\n"),
        new("ImageNotPinned", "a comment above the line", "services:\n  a:\n    # composelab: allow ImageNotPinned a throw-away lab\n    # and more words\n    image: nginx\n"),
        new("ImageNotPinned", "a comment on the service line", "services:\n  a: # composelab: allow ImageNotPinned a throw-away lab\n    restart: always\n    image: nginx\n"),
        new("ImageNotPinned", "a comment about another rule", "services:\n  a:\n    image: nginx # composelab: allow Privileged no # !\n"),
        new("RestartPolicyMissing", "a comment on the service line in an overlay", """
            -- compose.yaml --
            services:
              a:
                image: team/a:1
            -- compose.prod.yaml --
            services:
              a: # composelab: allow RestartPolicyMissing started by hand
                mem_limit: 64m
            """) { Production = true },
        new("EnvValueMisread", "a comment in an env file", "-- compose.yaml --\nservices:\n  a:\n    image: team/a:1\n-- .env --\n# composelab: allow EnvValueMisread the name of a column\nCOLUMN=a$b\n"),
    ];
}
