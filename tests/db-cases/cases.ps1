# Databases that applications cannot use, and some that they can. Each case is a Compose project of a server `db` and an application `app`, in compact form. The expected
# result is the application's own report about its login (`APP OK`, `APP FAIL`), never the diagnosis.
#
#   Cause    the cause that Test-LabDb must report
#   Env      variables of app                             Conn     the arguments of psql in app, with app's variables
#   App, Db  additional lines of both services            Health   the health check of db; '' for none
#   Fresh    a server that initializes its volume         Image    another image of the server
#   DbEnv    variables of db                              More     additional services and networks
#   Files    files next to compose.yaml, also '.env'      Change   files written after the first start; the project is started again
#   After    commands run in db after the start           Restart  whether db is restarted after that
#   Says     text that the message contains               Fix      'typed': the recommendation, typed as written, fixes it; 'decide': it says what a person must decide;
#                                                                  'gone': it removes this cause, and another one is left
#   Before   what is done in db before app is started
#   Then     commands that a person runs in db before typing the recommendation
#                                                         Yes      whether the recommendation prompts; the answer is yes
#   AfterApp commands run in app after the start          Until    a service and the health to wait for
#   Stop     the services to stop                         Pause    the service to pause
#   Run      the command to type after Change instead of a start
#                                                         NoStart  whether to start the project at all
#   Shows    text in the output of the command on the recommendation's second line
#   Volume   the definition of the data's volume          StartSays  text that the error of a failed start contains
#   Tls      whether a certificate is created for db      Quick    whether ./lab test runs it
# A case without Db, Fresh, DbEnv, Image, Health, Change, Restart or similar keys runs on a stack that other cases also use. It must only leave roles and databases with
# unique names.
$url = 'postgresql://app:s3cretPw1@db:5432/app'
$shop = @{ 'init/10.sh' = "#!/bin/sh`npsql -v ON_ERROR_STOP=1 -q -h /var/run/postgresql -U app -d app <<E`nSQL`nE`n" }
function Sql([string[]]$Sql) { 'psql -q -h 127.0.0.1 -U app -d app ' + (($Sql | ForEach-Object { "-c `"$_`"" }) -join ' ') }
function Shop([string]$Sql) { @{ 'init/10.sh' = $shop['init/10.sh'].Replace('SQL', $Sql) } }
$init = 'volumes: [dbdata:/var/lib/postgresql/data, "./init:/docker-entrypoint-initdb.d:ro"]'
$tls = @'
entrypoint: [sh, -c, 'cp /tls/server.* /tmp && chown postgres /tmp/server.key && chmod 600 /tmp/server.key && exec docker-entrypoint.sh postgres -c ssl=on -c ssl_cert_file=/tmp/server.crt -c ssl_key_file=/tmp/server.key -c hba_file=/etc/hba.conf']
volumes: [dbdata:/var/lib/postgresql/data, "./tls:/tls:ro", "./hba.conf:/etc/hba.conf:ro"]
'@
$tlsOnly = @{ 'hba.conf' = "local all all trust`nhost all all 127.0.0.1/32 trust`nhostssl all all all scram-sha-256`n" }
$parts = @{ DB_HOST = 'db'; DB_PORT = '5432'; DB_USER = 'app'; DB_PASS = 'wrongPw9'; DB_NAME = 'app' }
$partsConn = 'host=$DB_HOST port=$DB_PORT user=$DB_USER password=$DB_PASS dbname=$DB_NAME'

@(
    # Nothing is wrong.
    @{ Name = 'url-ok'; Cause = 'None'; Quick = $true; Env = @{ DATABASE_URL = $url } }
    @{ Name = 'spring-ok'; Cause = 'None'; Env = @{ SPRING_DATASOURCE_URL = 'jdbc:postgresql://db:5432/app'; SPRING_DATASOURCE_USERNAME = 'app'; SPRING_DATASOURCE_PASSWORD = 's3cretPw1' }
        Conn = 'host=db dbname=app user=$SPRING_DATASOURCE_USERNAME password=$SPRING_DATASOURCE_PASSWORD' }
    @{ Name = 'links-alias-ok'; Cause = 'None'; Env = @{ DATABASE_URL = $url.Replace('@db', '@postgres') }; App = 'links: ["db:postgres"]' }
    @{ Name = 'network-alias-ok'; Cause = 'None'; Env = @{ DATABASE_URL = $url.Replace('@db', '@pg.internal') }; Db = 'networks: { default: { aliases: [pg.internal] } }' }
    @{ Name = 'container-name-ok'; Cause = 'None'; Env = @{ DATABASE_URL = $url.Replace('@db', '@pgc-container-name') }; Db = 'container_name: pgc-container-name' }
    @{ Name = 'pgenv-shared-ok'; Cause = 'None'; Env = @{ POSTGRES_HOST = 'db'; POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 's3cretPw1'; POSTGRES_DB = 'app' }
        Conn = 'host=$POSTGRES_HOST user=$POSTGRES_USER password=$POSTGRES_PASSWORD dbname=$POSTGRES_DB' }
    @{ Name = 'trust-anypw'; Cause = 'None'; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', 'wrongPw9') }; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_DB = 'app'; POSTGRES_HOST_AUTH_METHOD = 'trust' } }
    @{ Name = 'pooler-ok'; Cause = 'None'; Env = @{ DATABASE_URL = $url.Replace('@db:5432', '@pooler:6432') }
        More = "  pooler:`n    image: APP`n    entrypoint: [sh, -c, 'busybox nc -ll -p 6432 -e busybox nc db 5432']`n    depends_on: {db: {condition: service_healthy}}" }
    @{ Name = 'migrate-oneshot'; Cause = 'None'; Env = @{ DATABASE_URL = $url }
        More = "  migrate:`n    image: APP`n    entrypoint: [sh, -c, 'psql `"`$`$DATABASE_URL`" -c `"select 1`"']`n    environment: { DATABASE_URL: '$url' }`n    depends_on: {db: {condition: service_healthy}}" }
    @{ Name = 'host-network-ok'; Cause = 'None'; Env = @{ DATABASE_URL = 'postgresql://app:s3cretPw1@127.0.0.1:26901/app' }; App = 'network_mode: host'; Db = 'ports: ["127.0.0.1:26901:5432"]' }
    @{ Name = 'shared-namespace-ok'; Cause = 'None'; Env = @{ DATABASE_URL = $url.Replace('@db', '@localhost') }; App = 'network_mode: "service:db"' }
    @{ Name = 'extra-hosts-ok'; Cause = 'None'; Env = @{ DATABASE_URL = 'postgresql://app:s3cretPw1@host.docker.internal:26902/app' }; App = 'extra_hosts: ["host.docker.internal:host-gateway"]'; Db = 'ports: ["26902:5432"]' }
    @{ Name = 'multi-host-ok'; Cause = 'None'; Env = @{ DATABASE_URL = 'postgresql://app:s3cretPw1@nowhere:5432,db:5432/app' } }
    @{ Name = 'reader-ok'; Cause = 'None'; Env = @{ DATABASE_URL = 'postgresql://app:s3cretPw1@db:5432/app?options=-c%20default_transaction_read_only%3Don' } }
    @{ Name = 'secret-file-ok'; Cause = 'None'; Env = @{ DB_HOST = 'db'; DB_USER = 'app'; DB_NAME = 'app'; DB_PASSWORD_FILE = '/run/secrets/pw' }; Files = @{ 'pw.txt' = "s3cretPw1`n" }; App = 'secrets: [pw]'
        More = "secrets:`n  pw: { file: ./pw.txt }"; Conn = 'host=$DB_HOST user=$DB_USER dbname=$DB_NAME password=$(cat $DB_PASSWORD_FILE)' }
    @{ Name = 'pgpass-ok'; Cause = 'None'; Env = @{ DATABASE_URL = 'postgresql://app@db:5432/app'; PGPASSFILE = '/pgpass' }; Files = @{ pgpass = "db:5432:app:app:s3cretPw1`n" }; App = 'volumes: ["./pgpass:/pgpass:ro"]'; Mode = '0600 pgpass' }
    @{ Name = 'page-html'; Cause = 'None'; Env = @{ DATABASE_URL = $url; PAGE = 'html' }; App = 'ports: ["127.0.0.1::8000"]' }
    @{ Name = 'page-302'; Cause = 'None'; Env = @{ DATABASE_URL = $url; PAGE = '302' }; App = 'ports: ["127.0.0.1::8000"]' }
    @{ Name = 'page-401'; Cause = 'None'; Env = @{ DATABASE_URL = $url; PAGE = '401' }; App = 'ports: ["127.0.0.1::8000"]' }
    @{ Name = 'page-400'; Cause = 'None'; Env = @{ DATABASE_URL = $url; PAGE = '400' }; App = 'ports: ["127.0.0.1::8000"]' }
    @{ Name = 'page-tls'; Cause = 'None'; Env = @{ DATABASE_URL = $url; PAGE = 'tls' }; App = 'ports: ["127.0.0.1::8000"]' }
    @{ Name = 'page-ssh'; Cause = 'None'; Env = @{ DATABASE_URL = $url; PAGE = 'ssh' }; App = 'ports: ["127.0.0.1::8000"]' }

    # The address.
    @{ Name = 'localhost'; Cause = 'WrongHost'; Quick = $true; Env = @{ DATABASE_URL = $url.Replace('@db', '@localhost') }; Fix = 'typed' }
    @{ Name = 'localhost-published'; Cause = 'WrongHost'; Env = @{ DATABASE_URL = $url.Replace('@db:5432', '@localhost:26903') }; Db = 'ports: ["127.0.0.1:26903:5432"]'; Fix = 'typed' }
    @{ Name = 'localhost-badpw'; Cause = 'WrongHost'; Env = @{ DATABASE_URL = 'postgresql://app:wrongPw9@localhost:5432/app' }; Fix = 'gone' }
    @{ Name = 'loopback-ip'; Cause = 'WrongHost'; Env = @{ DATABASE_URL = $url.Replace('@db', '@127.0.0.1') }; Fix = 'typed' }
    @{ Name = 'loopback-ipv6'; Cause = 'WrongHost'; Env = @{ DATABASE_URL = $url.Replace('@db', '@[::1]') }; Fix = 'typed' }
    @{ Name = 'typo-host'; Cause = 'WrongHost'; Env = @{ DATABASE_URL = $url.Replace('@db', '@postgres') }; Fix = 'typed' }
    @{ Name = 'host-in-dotenv'; Cause = 'WrongHost'; Says = '\.env:1'; Env = @{ DATABASE_URL = 'postgresql://app:s3cretPw1@${H}:5432/app' }; Files = @{ '.env' = "H=postgres`n" }; Fix = 'typed' }
    @{ Name = 'host-in-env-file'; Cause = 'WrongHost'; Says = 'app\.env:2'; App = 'env_file: app.env'; Files = @{ 'app.env' = "# the database`nDATABASE_URL=$($url.Replace('@db', '@postgres'))`n" }; Fix = 'typed' }
    @{ Name = 'pgenv-shared-badhost'; Cause = 'WrongHost'; Env = @{ POSTGRES_HOST = 'localhost'; POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 's3cretPw1'; POSTGRES_DB = 'app' }
        Conn = 'host=$POSTGRES_HOST user=$POSTGRES_USER password=$POSTGRES_PASSWORD dbname=$POSTGRES_DB'; Fix = 'typed' }
    @{ Name = 'hostmode-servicename'; Cause = 'WrongHost'; Env = @{ DATABASE_URL = $url }; App = 'network_mode: host'; Db = 'ports: ["127.0.0.1:26904:5432"]'; Fix = 'typed' }
    @{ Name = 'hostmode-wrong-port'; Cause = 'WrongPort'; Env = @{ DATABASE_URL = 'postgresql://app:s3cretPw1@127.0.0.1:26999/app' }; App = 'network_mode: host'; Db = 'ports: ["127.0.0.1:26905:5432"]'; Fix = 'typed' }
    @{ Name = 'extra-hosts-shadow'; Cause = 'WrongHost'; Env = @{ DATABASE_URL = $url }; App = 'extra_hosts: ["db:192.0.2.7"]'; Says = 'extra_hosts'; Fix = 'typed' }
    @{ Name = 'wrong-port'; Cause = 'WrongPort'; Quick = $true; Env = @{ DATABASE_URL = $url.Replace(':5432', ':5433') }; Fix = 'typed' }
    @{ Name = 'published-inside'; Cause = 'WrongPort'; Env = @{ DATABASE_URL = $url.Replace(':5432', ':26906') }; Db = 'ports: ["127.0.0.1:26906:5432"]'; Fix = 'typed' }
    @{ Name = 'not-postgres'; Cause = 'NotPostgres'; Quick = $true; Env = @{ DATABASE_URL = $url.Replace('@db:5432', '@web:8000') }; Fix = 'typed'
        More = "  web:`n    image: APP`n    entrypoint: [busybox, nc, -ll, -p, '8000', -e, echo, SSH-2.0-x]" }
    @{ Name = 'no-shared-network'; Cause = 'DatabaseDetached'; Quick = $true; Env = @{ DATABASE_URL = $url }; App = 'networks: [front]'; Db = 'networks: [back]'; More = "networks: { front: {}, back: {} }"; Fix = 'decide' }
    @{ Name = 'other-port'; Cause = 'WrongPort'; Env = @{ DATABASE_URL = $url }; Db = 'command: ["-c", "port=5433"]'; Health = 'pg_isready -q -h 127.0.0.1 -p 5433'; Fix = 'typed' }
    @{ Name = 'listens-locally'; Cause = 'DatabaseNotAnswering'; Quick = $true; Env = @{ DATABASE_URL = $url }; Db = 'command: ["-c", "listen_addresses=localhost"]'; Fix = 'typed' }
    @{ Name = 'external-down'; Cause = 'DatabaseNotAnswering'; NoDb = $true; Env = @{ DATABASE_URL = 'postgresql://app:s3cretPw1@host.docker.internal:26998/app' }; App = 'extra_hosts: ["host.docker.internal:host-gateway"]'; Fix = 'decide' }
    @{ Name = 'pooler-down'; Cause = 'PoolerDown'; Quick = $true; Fresh = $true; Env = @{ DATABASE_URL = $url.Replace('@db:5432', '@pooler:6432') }; Says = 'bad userlist'; Fix = 'decide'
        More = "  pooler:`n    image: APP`n    entrypoint: [sh, -c, 'echo FATAL bad userlist; exit 1']`n    depends_on: {db: {condition: service_healthy}}" }

    # The conventions, each with a wrong password.
    @{ Name = 'url-badpw'; Cause = 'WrongPassword'; Quick = $true; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', 'wrongPw9') }; Fix = 'decide' }
    @{ Name = 'asyncpg-badpw'; Cause = 'WrongPassword'; Env = @{ SQLALCHEMY_DATABASE_URI = 'postgresql+asyncpg://app:wrongPw9@db/app' }; Conn = '$(echo $SQLALCHEMY_DATABASE_URI | sed s/+asyncpg//)'; Fix = 'decide' }
    @{ Name = 'airflow-badpw'; Cause = 'WrongPassword'; Env = @{ AIRFLOW__DATABASE__SQL_ALCHEMY_CONN = 'postgresql+psycopg2://app:wrongPw9@db/app' }; Conn = 'host=db user=app dbname=app password=wrongPw9'; Fix = 'decide' }
    @{ Name = 'url-host-param'; Cause = 'WrongPassword'; Env = @{ DATABASE_URL = 'postgresql://app:wrongPw9@/app?host=db' }; Fix = 'decide' }
    @{ Name = 'no-pw-url'; Cause = 'WrongPassword'; Env = @{ DATABASE_URL = 'postgresql://app@db:5432/app' }; Says = 'without a password'; Fix = 'decide' }
    @{ Name = 'dbhost-badpw'; Cause = 'WrongPassword'; Env = $parts; Conn = $partsConn; Fix = 'decide' }
    @{ Name = 'pghost-badpw'; Cause = 'WrongPassword'; Env = @{ PGHOST = 'db'; PGUSER = 'app'; PGPASSWORD = 'wrongPw9'; PGDATABASE = 'app' }; Conn = ' '; Fix = 'decide' }
    @{ Name = 'keycloak-badpw'; Cause = 'WrongPassword'; Env = @{ KC_DB = 'postgres'; KC_DB_URL = 'jdbc:postgresql://db:5432/app'; KC_DB_USERNAME = 'app'; KC_DB_PASSWORD = 'wrongPw9' }
        Conn = 'host=db dbname=app user=$KC_DB_USERNAME password=$KC_DB_PASSWORD'; Fix = 'decide' }
    @{ Name = 'keycloak-parts-badpw'; Cause = 'WrongPassword'; Env = @{ KC_DB = 'postgres'; KC_DB_URL_HOST = 'db'; KC_DB_URL_DATABASE = 'app'; KC_DB_USERNAME = 'app'; KC_DB_PASSWORD = 'wrongPw9' }
        Conn = 'host=db dbname=app user=$KC_DB_USERNAME password=$KC_DB_PASSWORD'; Fix = 'decide' }
    @{ Name = 'grafana-badpw'; Cause = 'WrongPassword'; Env = @{ GF_DATABASE_TYPE = 'postgres'; GF_DATABASE_HOST = 'db:5432'; GF_DATABASE_NAME = 'app'; GF_DATABASE_USER = 'app'; GF_DATABASE_PASSWORD = 'wrongPw9' }
        Conn = 'host=db dbname=app user=$GF_DATABASE_USER password=$GF_DATABASE_PASSWORD'; Fix = 'decide' }
    @{ Name = 'gitea-badpw'; Cause = 'WrongPassword'; Env = @{ GITEA__database__DB_TYPE = 'postgres'; GITEA__database__HOST = 'db:5432'; GITEA__database__NAME = 'app'; GITEA__database__USER = 'app'; GITEA__database__PASSWD = 'wrongPw9' }
        Conn = 'host=db dbname=app user=app password=wrongPw9'; Fix = 'decide' }
    @{ Name = 'zabbix-badpw'; Cause = 'WrongPassword'; Env = @{ DB_SERVER_HOST = 'db'; POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 'wrongPw9'; POSTGRES_DB = 'app' }
        Conn = 'host=$DB_SERVER_HOST dbname=app user=app password=$POSTGRES_PASSWORD'; Fix = 'decide' }
    @{ Name = 'n8n-badpw'; Cause = 'WrongPassword'; Env = @{ DB_TYPE = 'postgresdb'; DB_POSTGRESDB_HOST = 'db'; DB_POSTGRESDB_DATABASE = 'app'; DB_POSTGRESDB_USER = 'app'; DB_POSTGRESDB_PASSWORD = 'wrongPw9' }
        Conn = 'host=db dbname=app user=app password=wrongPw9'; Fix = 'decide' }
    @{ Name = 'dotnet-badpw'; Cause = 'WrongPassword'; Env = @{ ConnectionStrings__Default = 'Host=db;Port=5432;Database=app;Username=app;Password=wrongPw9' }; Conn = 'host=db port=5432 dbname=app user=app password=wrongPw9'; Fix = 'decide' }
    @{ Name = 'dsn-badpw'; Cause = 'WrongPassword'; Env = @{ APP_DSN = "host=db port=5432 user=app password=wrongPw9 dbname=app sslmode=disable" }; Conn = '$APP_DSN'; Fix = 'decide' }
    @{ Name = 'service-file-badpw'; Cause = 'WrongPassword'; Env = @{ PGSERVICE = 'shop'; PGSERVICEFILE = '/pg_service.conf' }; Conn = ' '; App = 'volumes: ["./pg_service.conf:/pg_service.conf:ro"]'
        Files = @{ 'pg_service.conf' = "[shop]`nhost=db`nuser=app`npassword=wrongPw9`ndbname=app`n" }; Fix = 'decide' }
    @{ Name = 'env-file-badpw'; Cause = 'WrongPassword'; Says = 'app\.env:1'; App = 'env_file: app.env'; Files = @{ 'app.env' = "DATABASE_URL=$($url.Replace('s3cretPw1', 'wrongPw9'))`n" }; Fix = 'decide' }
    @{ Name = 'two-urls'; Cause = 'WrongPassword'; Says = 'REPORTS_DATABASE_URL'; Env = @{ DATABASE_URL = $url; REPORTS_DATABASE_URL = $url.Replace('s3cretPw1', 'wrongPw9') }; Conn = '$REPORTS_DATABASE_URL'; Fix = 'decide' }
    @{ Name = 'worker-badpw'; Cause = 'WrongPassword'; Says = 'of worker'; Env = @{ DATABASE_URL = $url }; Truth = 'worker'; Fix = 'decide'
        More = "  worker:`n    image: APP`n    command: ['`$`$DATABASE_URL']`n    environment: { DATABASE_URL: '$($url.Replace('s3cretPw1', 'wrongPw9'))' }`n    depends_on: {db: {condition: service_healthy}}" }
    @{ Name = 'bitnami-badpw'; Cause = 'WrongPassword'; Image = 'BITNAMI'; Fresh = $true; DbEnv = @{ POSTGRESQL_USERNAME = 'app'; POSTGRESQL_PASSWORD = 's3cretPw1'; POSTGRESQL_DATABASE = 'app' }; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', 'wrongPw9') }; Fix = 'decide' }
    @{ Name = 'own-image-badpw'; Cause = 'WrongPassword'; Image = 'OWN'; Fresh = $true; DbEnv = @{ }; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', 'wrongPw9') }; Fix = 'decide' }
    @{ Name = 'backup-sidecar'; Cause = 'WrongPassword'; Says = 'of app'; Env = $parts; Conn = $partsConn; Fix = 'decide'
        More = "  backup:`n    image: APP`n    command: ['host=db user=app password=`$`$POSTGRES_PASSWORD dbname=app']`n    environment: { POSTGRES_HOST: db, POSTGRES_DB: app, POSTGRES_USER: app, POSTGRES_PASSWORD: s3cretPw1 }" }
    @{ Name = 'var-in-url-badpw'; Cause = 'WrongPassword'; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = '${PW}'; POSTGRES_DB = 'app' }; Files = @{ '.env' = "PW=s3cretPw1`n" }
        Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', 'wrongPw9') }; Fix = 'typed' }
    @{ Name = 'config-file-only'; Cause = 'ClientNotUnderstood'; Quick = $true; Env = @{ APP_CONFIG = '/etc/app.ini' }; Conn = 'host=localhost user=app password=s3cretPw1 dbname=app'; Fix = 'decide' }
    @{ Name = 'fragments-only'; Cause = 'ClientNotUnderstood'; Says = 'POSTGRES_PASSWORD'; Env = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 's3cretPw1' }; Conn = 'host=localhost user=app password=s3cretPw1 dbname=app'; Fix = 'decide' }

    # What YAML, shells and editors do to a password.
    @{ Name = 'pw-raw-percent'; Cause = 'UrlNotEncoded'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 'p4ss%w0rdZ'; POSTGRES_DB = 'app' }; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', 'p4ss%w0rdZ') }; Fix = 'decide' }
    @{ Name = 'pw-raw-role'; Cause = 'UrlNotEncoded'; Quick = $true; Before = Sql "CREATE ROLE signs LOGIN PASSWORD 'p4ss%w0rdZ'"; Env = @{ DATABASE_URL = 'postgresql://signs:p4ss%w0rdZ@db:5432/app' }; Fix = 'decide' }
    @{ Name = 'pw-raw-at'; Cause = 'UrlNotEncoded'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 'p4ss@w0rdZ'; POSTGRES_DB = 'app' }; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', 'p4ss@w0rdZ') }; Fix = 'decide' }
    @{ Name = 'pw-raw-slash'; Cause = 'UrlNotEncoded'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = '8812/w0rdZ'; POSTGRES_DB = 'app' }; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', '8812/w0rdZ') }; Fix = 'decide' }
    @{ Name = 'pw-raw-hex'; Cause = 'UrlNotEncoded'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 'p4ss%41rdZ'; POSTGRES_DB = 'app' }; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', 'p4ss%41rdZ') }; Fix = 'decide' }
    @{ Name = 'pw-env-in-url'; Cause = 'UrlNotEncoded'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = '${DB_PASSWORD}'; POSTGRES_DB = 'app' }; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', '${DB_PASSWORD}') }
        Files = @{ '.env' = "DB_PASSWORD='a/b@c'`n" }; Fix = 'decide' }
    @{ Name = 'pw-encoded-ok'; Cause = 'None'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 'a/b@c%d#e?f:g'; POSTGRES_DB = 'app' }; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', 'a%2Fb%40c%25d%23e%3Ff%3Ag') } }
    @{ Name = 'pw-hash-ok'; Cause = 'None'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 'p4ss#w0rdZ'; POSTGRES_DB = 'app' }; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', 'p4ss#w0rdZ') } }
    @{ Name = 'pw-dollar'; Cause = 'PasswordMangled'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = '${DB_PASSWORD}'; POSTGRES_DB = 'app' }; Env = @{ DATABASE_URL = 'postgresql://app:pa$word9@db:5432/app' }
        Files = @{ '.env' = "DB_PASSWORD='pa`$word9'`n" }; Says = '\$'; Fix = 'typed' }
    @{ Name = 'pw-quotes-list'; Cause = 'PasswordMangled'; Fresh = $true; DbEnvList = @('POSTGRES_USER=app', 'POSTGRES_DB=app', 'POSTGRES_PASSWORD="s3cretPw1"'); Env = @{ DATABASE_URL = $url }; Says = 'quotes'; Fix = 'decide' }
    @{ Name = 'pw-octal'; Cause = 'PasswordMangled'; Fresh = $true; DbEnvRaw = @('POSTGRES_USER: app', 'POSTGRES_DB: app', 'POSTGRES_PASSWORD: 0123456'); Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', '0123456') }; Says = 'number'; Fix = 'decide' }
    @{ Name = 'pw-carriage-return'; Cause = 'PasswordMangled'; Quick = $true; Env = @{ DB_HOST = 'db'; DB_USER = 'app'; DB_NAME = 'app'; DB_PASSWORD_FILE = '/run/secrets/pw' }; Files = @{ 'pw.txt' = "s3cretPw1`r`n" }; App = 'secrets: [pw]'
        More = "secrets:`n  pw: { file: ./pw.txt }"; Conn = 'host=$DB_HOST user=$DB_USER dbname=$DB_NAME password=''$(cat $DB_PASSWORD_FILE)'''; Says = 'pw\.txt.*carriage return'; Fix = 'decide' }
    @{ Name = 'pw-blank'; Cause = 'PasswordMangled'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_DB = 'app'; POSTGRES_PASSWORD = 's3cretPw1 ' }; Env = @{ DATABASE_URL = $url }; Says = 'space'; Fix = 'decide' }

    # User, password and rights, by looking.
    @{ Name = 'volume-oldpw'; Cause = 'VolumeKeepsOldLogin'; Quick = $true; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = '${PW}'; POSTGRES_DB = 'app' }; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', '${PW}') }
        Files = @{ '.env' = "PW=oldPass11`n" }; Change = @{ '.env' = "PW=newPass22`n" }; Fix = 'typed' }
    @{ Name = 'volume-oldpw-scram'; Cause = 'VolumeKeepsOldLogin'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = '${PW}'; POSTGRES_DB = 'app'; POSTGRES_INITDB_ARGS = '--auth-host=scram-sha-256' }
        Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', '${PW}') }; Files = @{ '.env' = "PW=oldPass11`n" }; Change = @{ '.env' = "PW=newPass22`n" }; Fix = 'typed' }
    @{ Name = 'volume-oldpw-local'; Cause = 'VolumeKeepsOldLogin'; Fresh = $true; DbEnv = @{ POSTGRES_PASSWORD = '${PW}'; POSTGRES_INITDB_ARGS = '--auth=scram-sha-256' }; Health = 'pg_isready -q -h 127.0.0.1'
        Env = @{ DATABASE_URL = 'postgresql://postgres:${PW}@db:5432/postgres' }; Files = @{ '.env' = "PW=oldPass11`n" }; Change = @{ '.env' = "PW=newPass22`n" }; Yes = $true; Fix = 'typed' }
    @{ Name = 'reset-before-start'; Cause = 'WrongPassword'; Says = 'earlier password'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = '${PW}'; POSTGRES_DB = 'app' }; Health = 'pg_isready -q -h 127.0.0.1'
        Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', '${PW}') }; Files = @{ '.env' = "PW=oldPass11`n" }; Change = @{ '.env' = "PW=newPass22`n" }; Run = 'Reset-LabDbPassword'; Fix = 'typed' }
    @{ Name = 'volume-olduser'; Cause = 'VolumeKeepsOldLogin'; Fresh = $true; DbEnv = @{ POSTGRES_USER = '${U}'; POSTGRES_PASSWORD = 's3cretPw1'; POSTGRES_DB = 'app' }; Health = 'pg_isready -q -h 127.0.0.1'
        Env = @{ DATABASE_URL = $url.Replace('//app', '//${U}') }; Files = @{ '.env' = "U=olduser`n" }; Change = @{ '.env' = "U=newuser`n" }; Says = 'olduser'; Fix = 'typed' }
    @{ Name = 'volume-db-renamed'; Cause = 'MissingDatabase'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 's3cretPw1'; POSTGRES_DB = '${D}' }; Health = 'pg_isready -q -h 127.0.0.1'
        Env = @{ DATABASE_URL = 'postgresql://app:s3cretPw1@db:5432/${D}' }; Files = @{ '.env' = "D=olddb`n" }; Change = @{ '.env' = "D=newdb`n" }; Says = 'olddb'; Fix = 'typed' }
    @{ Name = 'missing-db'; Cause = 'MissingDatabase'; Quick = $true; Env = @{ DATABASE_URL = 'postgresql://app:s3cretPw1@db:5432/inventory' }; Fix = 'typed' }
    @{ Name = 'pw-valid-until'; Cause = 'PasswordExpired'; Quick = $true; Env = @{ DATABASE_URL = $url }; After = "psql -q -h 127.0.0.1 -U app -c `"ALTER ROLE app VALID UNTIL '2020-01-01'`""; Fix = 'typed' }
    @{ Name = 'role-case'; Cause = 'WrongUser'; Quick = $true; Before = Sql "CREATE ROLE ShopUser LOGIN PASSWORD 's3cretPw1'"; Env = @{ DATABASE_URL = $url.Replace('//app', '//ShopUser') }; Says = 'shopuser'; Fix = 'typed' }
    @{ Name = 'role-unknown'; Cause = 'WrongUser'; Env = @{ DATABASE_URL = $url.Replace('//app', '//inventory') }; Fix = 'decide' }
    @{ Name = 'role-nologin'; Cause = 'RoleCannotLogIn'; Quick = $true; Before = Sql "CREATE ROLE closed NOLOGIN PASSWORD 's3cretPw1'"; Env = @{ DATABASE_URL = $url.Replace('//app', '//closed') }; Fix = 'typed' }
    @{ Name = 'role-badpw'; Cause = 'WrongPassword'; Fresh = $true; Db = $init; Files = Shop "CREATE ROLE shop LOGIN PASSWORD 'shopPw77';"; Env = @{ DATABASE_URL = 'postgresql://shop:wrongPw9@db:5432/app' }; Says = 'shop'; Fix = 'decide' }
    @{ Name = 'role-limit'; Cause = 'TooManyConnections'; Quick = $true; Says = 'role'; Before = Sql "CREATE ROLE narrow LOGIN PASSWORD 's3cretPw1' CONNECTION LIMIT 0"; Env = @{ DATABASE_URL = $url.Replace('//app', '//narrow') }; Fix = 'typed' }
    @{ Name = 'database-limit'; Cause = 'TooManyConnections'; Says = 'database'; Fresh = $true; Db = $init; Files = Shop "CREATE ROLE shop LOGIN PASSWORD 's3cretPw1'; ALTER DATABASE app CONNECTION LIMIT 0;"; Env = @{ DATABASE_URL = $url.Replace('//app', '//shop') }; Fix = 'typed' }
    @{ Name = 'max-connections'; Cause = 'TooManyConnections'; Says = 'server'; Env = @{ DATABASE_URL = $url }; Db = 'command: ["-c", "max_connections=4", "-c", "superuser_reserved_connections=0"]'; Settle = 5; Fix = 'typed'
        More = "  holder:`n    image: APP`n    entrypoint: [sh, -c, 'for i in 1 2 3 4 5; do (while :; do psql -X `"`$`$DATABASE_URL`" -c `"select pg_sleep(600)`"; sleep 0.1; done) & done; wait']`n    init: true`n    stop_grace_period: 1s`n    environment: { DATABASE_URL: '$url' }`n    depends_on: {db: {condition: service_healthy}}" }
    @{ Name = 'connect-revoked'; Cause = 'PermissionDenied'; Fresh = $true; Db = $init; Files = Shop "CREATE ROLE shop LOGIN PASSWORD 's3cretPw1'; REVOKE CONNECT ON DATABASE app FROM PUBLIC;"; Env = @{ DATABASE_URL = $url.Replace('//app', '//shop') }; Fix = 'typed' }
    @{ Name = 'schema-public-denied'; Cause = 'PermissionDenied'; Quick = $true; Before = Sql "CREATE ROLE plain LOGIN PASSWORD 's3cretPw1'"
        Env = @{ DATABASE_URL = $url.Replace('//app', '//plain'); APP_SQL = 'create table if not exists t(a int)' }; Fix = 'typed' }
    @{ Name = 'table-denied'; Cause = 'PermissionDenied'; Fresh = $true; Db = $init; Files = Shop "CREATE ROLE shop LOGIN PASSWORD 's3cretPw1'; CREATE TABLE goods(a int);"; Env = @{ DATABASE_URL = $url.Replace('//app', '//shop'); APP_SQL = 'select count(*) from goods' }; Fix = 'decide' }
    @{ Name = 'connections-not-allowed'; Cause = 'ConnectionsNotAllowed'; Quick = $true; Env = @{ DATABASE_URL = 'postgresql://app:s3cretPw1@db:5432/shop' }; Before = Sql 'CREATE DATABASE shop ALLOW_CONNECTIONS false'; Fix = 'typed' }
    @{ Name = 'hba-no-line'; Cause = 'PgHbaDenied'; Quick = $true; Says = 'no line'; Env = @{ DATABASE_URL = $url }; Db = "command: [`"-c`", `"hba_file=/etc/hba.conf`"]`nvolumes: [dbdata:/var/lib/postgresql/data, `"./hba.conf:/etc/hba.conf:ro`"]"
        Files = @{ 'hba.conf' = "local all all trust`nhost all all 127.0.0.1/32 trust`n" }; Fix = 'decide' }
    @{ Name = 'hba-reject'; Cause = 'PgHbaDenied'; Says = 'reject'; Env = @{ DATABASE_URL = $url }; Db = "command: [`"-c`", `"hba_file=/etc/hba.conf`"]`nvolumes: [dbdata:/var/lib/postgresql/data, `"./hba.conf:/etc/hba.conf:ro`"]"
        Files = @{ 'hba.conf' = "local all all trust`nhost all all 127.0.0.1/32 trust`nhost all all all reject`n" }; Fix = 'decide' }
    @{ Name = 'hba-ident'; Cause = 'PgHbaDenied'; Says = 'login method'; Env = @{ DATABASE_URL = $url }; Db = "command: [`"-c`", `"hba_file=/etc/hba.conf`"]`nvolumes: [dbdata:/var/lib/postgresql/data, `"./hba.conf:/etc/hba.conf:ro`"]"
        Files = @{ 'hba.conf' = "local all all trust`nhost all all 127.0.0.1/32 trust`nhost all all all ident`n" }; Fix = 'decide' }
    @{ Name = 'sslmode-require'; Cause = 'TlsNotOffered'; Quick = $true; Env = @{ DATABASE_URL = "$url`?sslmode=require" }; Fix = 'typed' }
    @{ Name = 'tls-required'; Cause = 'TlsRequired'; Quick = $true; Tls = $true; Db = $tls; Files = $tlsOnly; Env = @{ DATABASE_URL = "$url`?sslmode=disable" }; Fix = 'typed' }
    @{ Name = 'tls-ok'; Cause = 'None'; Tls = $true; Db = $tls; Files = $tlsOnly; Env = @{ DATABASE_URL = "$url`?sslmode=require" } }

    # The server.
    @{ Name = 'both-pw-and-file'; Cause = 'DatabaseStopped'; Says = 'both'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 's3cretPw1'; POSTGRES_PASSWORD_FILE = '/run/secrets/pw'; POSTGRES_DB = 'app' }; Env = @{ DATABASE_URL = $url }; Fix = 'typed' }
    @{ Name = 'no-postgres-password'; Cause = 'DatabaseStopped'; Says = 'POSTGRES_PASSWORD'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app' }; Env = @{ DATABASE_URL = $url }; Fix = 'decide' }
    @{ Name = 'restart-loop'; Cause = 'DatabaseStopped'; Says = 'again and again'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app' }; Db = 'restart: always'; Env = @{ DATABASE_URL = $url }; Fix = 'decide' }
    @{ Name = 'bad-setting'; Cause = 'DatabaseStopped'; Says = 'setting'; Db = 'command: ["-c", "shared_buffers=900GB"]'; Env = @{ DATABASE_URL = $url }; Fix = 'typed' }
    @{ Name = 'unknown-setting'; Cause = 'DatabaseStopped'; Says = 'max_conections'; Db = 'command: ["-c", "max_conections=50"]'; Env = @{ DATABASE_URL = $url }; Fix = 'decide' }
    @{ Name = 'read-only-volume'; Cause = 'DatabaseStopped'; Says = 'read-only'; Db = 'volumes: ["dbdata:/var/lib/postgresql/data:ro"]'; Env = @{ DATABASE_URL = $url }; Fix = 'typed' }
    @{ Name = 'other-user'; Cause = 'DatabaseStopped'; Says = 'another user'; Db = 'user: "1000"'; Env = @{ DATABASE_URL = $url }; Fix = 'typed' }
    @{ Name = 'bad-locale'; Cause = 'DatabaseStopped'; Says = 'locale'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 's3cretPw1'; POSTGRES_DB = 'app'; POSTGRES_INITDB_ARGS = '--locale=xx_XX.UTF-8' }; Env = @{ DATABASE_URL = $url }; Fix = 'typed' }
    @{ Name = 'major-version'; Cause = 'DatabaseStopped'; Says = 'PostgreSQL 15'; Env = @{ DATABASE_URL = $url }; After = 'echo 15 > $PGDATA/PG_VERSION'; Restart = $true; Fix = 'decide' }
    @{ Name = 'stopped-by-hand'; Cause = 'DatabaseStopped'; Quick = $true; Says = 'stopped'; Env = @{ DATABASE_URL = $url }; Stop = 'db'; Fix = 'typed' }
    @{ Name = 'init-fails'; Cause = 'InitFailed'; Quick = $true; Fresh = $true; Db = $init; Files = Shop "CREATE TABLE a(b int); SELECT * FROM nonexistent; CREATE ROLE shop LOGIN PASSWORD 's3cretPw1';"; Env = @{ DATABASE_URL = $url.Replace('//app', '//shop') }; Fix = 'decide' }
    @{ Name = 'init-failed-then-started'; Cause = 'InitFailed'; Fresh = $true; Db = "$init`nrestart: always"; Files = Shop "CREATE TABLE a(b int); SELECT * FROM nonexistent; CREATE ROLE shop LOGIN PASSWORD 's3cretPw1';"; Env = @{ DATABASE_URL = $url.Replace('//app', '//shop') }; Fix = 'decide' }
    @{ Name = 'init-runs'; Cause = 'InitRunning'; Quick = $true; Fresh = $true; Health = ''; Db = $init; Files = @{ 'init/10.sh' = "#!/bin/sh`nsleep 10`n" }; Env = @{ DATABASE_URL = $url }; Fix = 'typed' }
    @{ Name = 'health-not-there'; Cause = 'DatabaseUnhealthy'; Quick = $true; Health = 'curl -f http://localhost:5432/'; Retries = 2; Waits = 'service_started'; Env = @{ DATABASE_URL = $url }; Fix = 'typed' }
    @{ Name = 'health-wrong-user'; Cause = 'DatabaseUnhealthy'; Health = 'psql -h /var/run/postgresql -c "select 1"'; Retries = 2; Waits = 'service_started'; Env = @{ DATABASE_URL = $url }; Fix = 'typed' }
    @{ Name = 'shm-small'; Cause = 'SharedMemoryFull'; Quick = $true; Db = "shm_size: 1m`ncommand: [`"-c`", `"dynamic_shared_memory_type=posix`"]"; Env = @{ DATABASE_URL = $url }; Fix = 'typed' }
    @{ Name = 'readonly-default'; Cause = 'DatabaseReadOnly'; Db = 'command: ["-c", "default_transaction_read_only=on"]'; Env = @{ DATABASE_URL = $url; APP_SQL = 'create table if not exists t(a int)' }; Fix = 'typed' }
    @{ Name = 'readonly-database'; Cause = 'DatabaseReadOnly'; Quick = $true; Before = Sql 'CREATE DATABASE fixed', 'ALTER DATABASE fixed SET default_transaction_read_only = on'
        Env = @{ DATABASE_URL = $url.Replace('/app', '/fixed').Replace('//fixed', '//app'); APP_SQL = 'create table if not exists t(a int)' }; Fix = 'typed' }
    @{ Name = 'standby'; Cause = 'DatabaseReadOnly'; Says = 'standby'; After = 'touch $PGDATA/standby.signal'; Restart = $true; Env = @{ DATABASE_URL = $url; APP_SQL = 'create table if not exists t(a int)' }; Fix = 'decide' }
    @{ Name = 'statement-timeout'; Cause = 'StatementTimeout'; Db = 'command: ["-c", "statement_timeout=50"]'; Env = @{ DATABASE_URL = $url; APP_SQL = 'select pg_sleep(0.2)' }; Fix = 'typed' }
    @{ Name = 'timeout-of-role'; Cause = 'StatementTimeout'; Quick = $true; Before = Sql "CREATE ROLE hasty LOGIN PASSWORD 's3cretPw1'", 'ALTER ROLE hasty SET statement_timeout = 50'
        Env = @{ DATABASE_URL = $url.Replace('//app', '//hasty'); APP_SQL = 'select pg_sleep(0.2)' }; Fix = 'typed' }
    @{ Name = 'disk-full'; Cause = 'DiskFull'; Quick = $true; Fresh = $true; Volume = '{ driver: local, driver_opts: { type: tmpfs, device: tmpfs, o: "size=120m" } }'; Env = @{ DATABASE_URL = $url }
        After = 'dd if=/dev/zero of=$PGDATA/ballast bs=64k 2>/dev/null; true'; Truth = 'none'; Then = 'rm $PGDATA/ballast'; Shows = '/ballast'; Fix = 'typed' }
    @{ Name = 'not-started'; Cause = 'NotStarted'; Quick = $true; NoStart = $true; Env = @{ DATABASE_URL = $url }; Fix = 'typed' }
    @{ Name = 'db-paused'; Cause = 'DatabasePaused'; Quick = $true; Env = @{ DATABASE_URL = $url }; Truth = 'none'; Pause = 'db'; Fix = 'typed' }
    @{ Name = 'recovery'; Cause = 'DatabaseStarting'; Quick = $true; Health = ''; Env = @{ DATABASE_URL = $url }; After = "$(Sql 'ALTER SYSTEM SET hot_standby = off'); touch `$PGDATA/standby.signal"; Restart = $true
        Then = 'touch $PGDATA/promote; kill -USR1 1'; Fix = 'typed' }
    @{ Name = 'health-fails'; Cause = 'DatabaseUnhealthy'; Health = 'test ! -e /tmp/sick && pg_isready -q -h 127.0.0.1 -U app'; Retries = 2; Db = 'tmpfs: [/tmp]'; Env = @{ DATABASE_URL = $url }
        After = 'touch /tmp/sick'; Until = 'db Unhealthy'; Fix = 'typed' }
    @{ Name = 'login-blocked'; Cause = 'SlowDatabase'; Quick = $true; Env = @{ DATABASE_URL = $url }; Settle = 3; Seconds = 5
        More = "  holder:`n    image: APP`n    entrypoint: [sh, -c, 'psql -X `"`$`$DATABASE_URL`" -c begin -c `"lock table pg_authid`" -c `"select pg_sleep(600)`"']`n    stop_grace_period: 1s`n    environment: { DATABASE_URL: '$url' }`n    depends_on: {db: {condition: service_healthy}}" }

    # The application.
    @{ Name = 'app-exited'; Cause = 'ApiStopped'; Quick = $true; Env = @{ DATABASE_URL = $url; ONCE = '1'; APP_SQL = 'select 1/0' }; Says = 'exit code 1' }
    @{ Name = 'app-exited-badpw'; Cause = 'WrongPassword'; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', 'wrongPw9'); ONCE = '1' }; Fix = 'decide' }
    @{ Name = 'app-exited-localhost'; Cause = 'WrongHost'; StartSays = 'WrongHost'; Env = @{ DATABASE_URL = $url.Replace('@db', '@localhost'); ONCE = '1' }; Fix = 'typed' }
    @{ Name = 'app-disagrees'; Cause = 'ApiDisagrees'; Quick = $true; Env = @{ DATABASE_URL = $url; PAGE = 'json'; BODY = '{"ok":false,"cause":"timeout","message":"slow"}' }; App = 'ports: ["127.0.0.1::8000"]'; Truth = 'none' }
    @{ Name = 'app-not-configured'; Cause = 'ApiNotConfigured'; Quick = $true; Env = @{ DATABASE_URL = $url; PAGE = 'json'; BODY = '{"ok":false,"cause":"not_configured"}' }; App = 'ports: ["127.0.0.1::8000"]'; Truth = 'none' }
    @{ Name = 'app-port-dead'; Cause = 'ApiUnreachable'; Quick = $true; Env = @{ DATABASE_URL = $url }; App = 'ports: ["127.0.0.1::9000"]'; Truth = 'none' }
    @{ Name = 'app-unhealthy'; Cause = 'ApiUnhealthy'; Quick = $true; Env = @{ DATABASE_URL = $url }; App = "healthcheck: { test: [CMD-SHELL, 'test ! -e /tmp/sick'], interval: 1s, retries: 1, start_period: 10s }`ntmpfs: [/tmp]"
        AfterApp = 'touch /tmp/sick'; Until = 'app Unhealthy'; Fix = 'typed' }
    @{ Name = 'app-port-mismatch'; Cause = 'ApiPortMismatch'; Quick = $true; Env = @{ DATABASE_URL = $url; PAGE = 'html' }; App = "expose: ['8000']`nports: ['127.0.0.1::9000']"; Fix = 'typed' }
    @{ Name = 'links-of-stopped-app'; Cause = 'ApiStopped'; Env = @{ DATABASE_URL = $url.Replace('@db', '@postgres'); ONCE = '1'; APP_SQL = 'select 1/0' }; App = 'links: ["db:postgres"]'; Says = 'exit code 1' }
    @{ Name = 'app-paused'; Cause = 'ApiPaused'; Quick = $true; Env = @{ DATABASE_URL = $url }; Pause = 'app'; Fix = 'typed' }

    # More conventions, and what they hide.
    @{ Name = 'pgpass-open'; Cause = 'WrongPassword'; Says = 'pgpass'; Env = @{ DATABASE_URL = 'postgresql://app@db:5432/app'; PGPASSFILE = '/pgpass' }; Files = @{ pgpass = "db:5432:app:app:s3cretPw1`n" }; App = 'volumes: ["./pgpass:/pgpass:ro"]'; Fix = 'decide' }
    @{ Name = 'pgpass-in-a-home-ok'; Cause = 'None'; Env = @{ DATABASE_URL = 'postgresql://app@db:5432/app'; PGPASSFILE = ''; HOME = '/home/node' }; Files = @{ pgpass = "*:*:*:app:s3cretPw1`n" }; App = 'volumes: ["./pgpass:/home/node/.pgpass:ro"]'; Mode = '0600 pgpass' }
    @{ Name = 'pghostaddr-elsewhere'; Cause = 'WrongHost'; Says = 'PGHOSTADDR'; Env = @{ PGHOST = 'db'; PGHOSTADDR = '127.0.0.1'; PGUSER = 'app'; PGPASSWORD = 's3cretPw1'; PGDATABASE = 'app' }; Conn = ' '; Fix = 'typed' }
    @{ Name = 'pghost-with-port'; Cause = 'WrongHost'; Env = @{ PGHOST = 'db:5432'; PGUSER = 'app'; PGPASSWORD = 's3cretPw1'; PGDATABASE = 'app' }; Conn = ' '; Fix = 'typed' }
    @{ Name = 'service-over-pghost-ok'; Cause = 'None'; Env = @{ PGHOST = 'nowhere'; PGUSER = 'app'; PGSERVICE = 'shop'; PGSERVICEFILE = '/pg_service.conf' }; Conn = ' '; App = 'volumes: ["./pg_service.conf:/pg_service.conf:ro"]'
        Files = @{ 'pg_service.conf' = "[shop]`nhost=db`npassword=s3cretPw1`ndbname=app`n" } }
    @{ Name = 'flyway-ok'; Cause = 'None'; Env = @{ FLYWAY_URL = 'jdbc:postgresql://db:5432/app'; FLYWAY_USER = 'app'; FLYWAY_PASSWORD = 's3cretPw1' }; Conn = 'host=db dbname=app user=$FLYWAY_USER password=$FLYWAY_PASSWORD' }
    @{ Name = 'r2dbc-badpw'; Cause = 'WrongPassword'; Env = @{ SPRING_R2DBC_URL = 'r2dbc:postgresql://db:5432/app'; SPRING_R2DBC_USERNAME = 'app'; SPRING_R2DBC_PASSWORD = 'wrongPw9' }; Conn = 'host=db dbname=app user=app password=wrongPw9'; Fix = 'decide' }
    @{ Name = 'typeorm-badpw'; Cause = 'WrongPassword'; Env = @{ TYPEORM_CONNECTION = 'postgres'; TYPEORM_HOST = 'db'; TYPEORM_USERNAME = 'app'; TYPEORM_PASSWORD = 'wrongPw9'; TYPEORM_DATABASE = 'app' }
        Conn = 'host=$TYPEORM_HOST dbname=app user=app password=$TYPEORM_PASSWORD'; Fix = 'decide' }
    @{ Name = 'pgsslmode-require'; Cause = 'TlsNotOffered'; Env = @{ DATABASE_URL = $url; PGSSLMODE = 'require' }; Fix = 'typed' }
    @{ Name = 'verify-full-no-root'; Cause = 'TlsNotTrusted'; Quick = $true; Tls = $true; Db = $tls; Files = $tlsOnly; Env = @{ DATABASE_URL = "$url`?sslmode=verify-full" }; Fix = 'decide' }
    @{ Name = 'verify-full-ok'; Cause = 'None'; Tls = $true; Db = $tls; Files = $tlsOnly; Env = @{ DATABASE_URL = "$url`?sslmode=verify-full&sslrootcert=/ca.crt" }; App = 'volumes: ["./tls/server.crt:/ca.crt:ro"]' }
    @{ Name = 'verify-full-other-name'; Cause = 'TlsNotTrusted'; Says = 'not for postgres'; Tls = $true; Files = $tlsOnly; Db = "networks: { default: { aliases: [postgres] } }`n$tls"
        Env = @{ DATABASE_URL = "$($url.Replace('@db', '@postgres'))?sslmode=verify-full&sslrootcert=/ca.crt" }; App = 'volumes: ["./tls/server.crt:/ca.crt:ro"]'; Fix = 'decide' }
    @{ Name = 'env-in-image-badpw'; Cause = 'WrongPassword'; Says = 'of worker'; Env = @{ DATABASE_URL = $url }; Truth = 'worker'; Fix = 'decide'
        More = "  worker:`n    image: composelab-db-cases/env:1`n    build:`n      dockerfile_inline: |`n        FROM composelab-db-cases/app:1`n        ENV DATABASE_URL=$($url.Replace('s3cretPw1', 'wrongPw9'))`n    command: ['`$`$DATABASE_URL']`n    stop_grace_period: 1s`n    depends_on: {db: {condition: service_healthy}}" }
    @{ Name = 'multi-host-wrong-port'; Cause = 'WrongPort'; Env = @{ DATABASE_URL = 'postgresql://app:s3cretPw1@nowhere:5432,db:5499/app' }; Fix = 'typed' }
    @{ Name = 'bridge-mode'; Cause = 'DatabaseDetached'; Says = 'network_mode'; Env = @{ DATABASE_URL = $url }; App = 'network_mode: bridge'; Fix = 'typed' }
    @{ Name = 'pooler-to-nowhere'; Cause = 'PoolerDown'; Env = @{ DATABASE_URL = $url.Replace('@db:5432', '@pooler:6432') }; Fix = 'decide'
        More = "  pooler:`n    image: APP`n    entrypoint: [sh, -c, 'busybox nc -ll -p 6432 -e busybox nc nowhere 5432']`n    init: true`n    stop_grace_period: 1s`n    depends_on: {db: {condition: service_healthy}}" }
    @{ Name = 'two-clients-two-faults'; Cause = 'WrongPassword'; Says = 'Also: WrongHost for DATABASE_URL of worker'; Env = @{ DATABASE_URL = $url.Replace('s3cretPw1', 'wrongPw9') }; Fix = 'decide'
        More = "  worker:`n    image: APP`n    init: true`n    command: ['`$`$DATABASE_URL']`n    environment: { DATABASE_URL: '$($url.Replace('@db', '@localhost'))' }`n    stop_grace_period: 1s`n    depends_on: {db: {condition: service_healthy}}" }
    @{ Name = 'worker-exited'; Cause = 'ApiStopped'; Says = 'worker'; Env = @{ DATABASE_URL = $url }; Truth = 'none'
        More = "  worker:`n    image: APP`n    entrypoint: [sh, -c, 'echo no such module; exit 3']`n    environment: { DATABASE_URL: '$url' }`n    depends_on: {db: {condition: service_healthy}}" }
    @{ Name = 'pw-byte-order-mark-ok'; Cause = 'None'; Env = @{ DB_HOST = 'db'; DB_USER = 'app'; DB_NAME = 'app'; DB_PASSWORD_FILE = '/run/secrets/pw' }; Files = @{ 'pw.txt' = "$([char]0xfeff)s3cretPw1`n" }; App = 'secrets: [pw]'
        More = "secrets:`n  pw: { file: ./pw.txt }"; Conn = 'host=$DB_HOST user=$DB_USER dbname=$DB_NAME password=''$(cat $DB_PASSWORD_FILE)''' }
    @{ Name = 'pw-comment'; Cause = 'PasswordMangled'; Says = '#'; Fresh = $true; DbEnv = @{ POSTGRES_USER = 'app'; POSTGRES_PASSWORD = 's3cretPw1 #x'; POSTGRES_DB = 'app' }; Files = @{ '.env' = "PW=s3cretPw1 #x`n" }
        Env = @{ DB_HOST = 'db'; DB_USER = 'app'; DB_NAME = 'app'; DB_PASSWORD = '${PW}' }; Conn = 'host=$DB_HOST user=$DB_USER dbname=$DB_NAME password=''$DB_PASSWORD'''; Fix = 'decide' }
    @{ Name = 'role-expired'; Cause = 'PasswordExpired'; Before = Sql "CREATE ROLE lapsed LOGIN PASSWORD 's3cretPw1' VALID UNTIL '2020-01-01'"; Env = @{ DATABASE_URL = $url.Replace('//app', '//lapsed') }; Fix = 'typed' }
    @{ Name = 'schema-closed'; Db = ''; Cause = 'PermissionDenied'; Says = 'boxed'; Before = Sql 'CREATE SCHEMA boxed', 'CREATE TABLE boxed.t(a int)', "CREATE ROLE boxer LOGIN PASSWORD 's3cretPw1'", 'GRANT SELECT ON boxed.t TO boxer'
        Env = @{ DATABASE_URL = $url.Replace('//app', '//boxer'); APP_SQL = 'select count(*) from boxed.t' }; Fix = 'typed' }
    @{ Name = 'quoted-table-denied'; Db = ''; Cause = 'PermissionDenied'; Before = 'psql -q -h 127.0.0.1 -U app -d app -c ''CREATE TABLE "order items"(a int)'' -c ''CREATE ROLE buyer LOGIN PASSWORD $$s3cretPw1$$'''
        Env = @{ DATABASE_URL = $url.Replace('//app', '//buyer'); APP_SQL = 'select count(*) from "order items"' }; Fix = 'decide' }
    @{ Name = 'timeout-in-url'; Cause = 'StatementTimeout'; Env = @{ DATABASE_URL = "$url`?options=-c%20statement_timeout%3D50"; APP_SQL = 'select pg_sleep(0.2)' }; Fix = 'typed' }
    @{ Name = 'timeout-of-role-in-database'; Cause = 'StatementTimeout'; Before = Sql "CREATE ROLE brisk LOGIN PASSWORD 's3cretPw1'", 'ALTER ROLE brisk IN DATABASE app SET statement_timeout = 50'
        Env = @{ DATABASE_URL = $url.Replace('//app', '//brisk'); APP_SQL = 'select pg_sleep(0.2)' }; Fix = 'typed' }
    @{ Name = 'timeout-of-database'; Cause = 'StatementTimeout'; Before = Sql "CREATE ROLE swift LOGIN PASSWORD 's3cretPw1'", 'CREATE DATABASE racing', 'ALTER DATABASE racing SET statement_timeout = 50'
        Env = @{ DATABASE_URL = 'postgresql://swift:s3cretPw1@db:5432/racing'; APP_SQL = 'select pg_sleep(0.2)' }; Fix = 'typed' }
    @{ Name = 'readonly-role-in-database'; Cause = 'DatabaseReadOnly'; Before = Sql "CREATE ROLE clerk LOGIN PASSWORD 's3cretPw1'", 'CREATE DATABASE ledger OWNER clerk', 'ALTER ROLE clerk IN DATABASE ledger SET default_transaction_read_only = on'
        Env = @{ DATABASE_URL = 'postgresql://clerk:s3cretPw1@db:5432/ledger'; APP_SQL = 'create table if not exists t(a int)' }; Fix = 'typed' }
    @{ Name = 'scaled-to-zero'; Cause = 'NotStarted'; Says = 'replicas'; Waits = 'service_started'; Db = "deploy:`n  replicas: 0"; Env = @{ DATABASE_URL = $url }; Truth = 'none'; Fix = 'typed' }
    @{ Name = 'config-file-missing'; Cause = 'DatabaseStopped'; Says = 'file'; Db = 'command: ["-c", "config_file=/etc/pg/missing.conf"]'; Env = @{ DATABASE_URL = $url }; Fix = 'decide' }
    @{ Name = 'init-windows-lines'; Cause = 'InitFailed'; Fresh = $true; Db = $init; Files = @{ 'init/10.sh' = "#!/bin/sh`r`necho x`r`nnosuch`r`n" }; Env = @{ DATABASE_URL = $url }; Fix = 'decide' }
    @{ Name = 'out-of-memory'; Cause = 'DatabaseStopped'; Says = 'memory'; Db = 'mem_limit: 12m'; Env = @{ DATABASE_URL = $url }; Fix = 'typed' }
    @{ Name = 'app-hangs'; Cause = 'None'; Env = @{ DATABASE_URL = $url; PAGE = 'hang' }; App = 'ports: ["127.0.0.1::8000"]' }
)
