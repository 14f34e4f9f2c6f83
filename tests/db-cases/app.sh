#!/bin/sh
# The application of a case: logs in once a second with the connection that its argument describes, and says how that went. Variables in the argument are its own.
# ONCE=1 ends it at the first failure. PAGE answers HTTP on port 8000: 404, 302, 401, 400, html, json, tls, ssh, or hang for no answer.
answer() {
    case $PAGE in
    ssh) printf 'SSH-2.0-OpenSSH_9.6\r\n'; sleep 1; return ;;
    hang) exec sleep 600 ;;
    tls) read -r -t 1 _; printf '\025\003\001\000\002\002\106'; return ;;
    esac
    while read -r -t 2 line; do [ "$(printf %s "$line" | tr -d '\r')" = "" ] && break; done
    case $PAGE in
    302) printf 'HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' ;;
    401) printf 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' ;;
    400) printf 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' ;;
    html) printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<html></html>' ;;
    json) printf 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' "${#BODY}" "$BODY" ;;
    *) printf 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' ;;
    esac
}

if [ "${1:-}" = --answer ]; then
    answer
    exit
fi
if [ -n "${PAGE:-}" ]; then
    printf '#!/bin/sh\nexec /app.sh --answer\n' >/tmp/answer
    chmod 755 /tmp/answer
    while :; do busybox nc -ll -p 8000 -e /tmp/answer; sleep 1; done &
fi
while :; do
    eval "connection=\"$1\""
    if said=$(PGCONNECT_TIMEOUT=4 psql -X -At "$connection" -c "${APP_SQL:-select current_user}" 2>&1); then
        echo "APP OK"
    else
        echo "APP FAIL" $said
        [ -z "${ONCE:-}" ] || exit 1
    fi
    sleep 1
done
