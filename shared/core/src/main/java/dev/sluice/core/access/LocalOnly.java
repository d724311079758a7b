package dev.sluice.core.access;

import dev.sluice.model.Headers;
import java.util.Locale;

/// Whether a request names this machine as its host and comes from no foreign page. A page that rebinds its own name to
/// the loopback address reaches a gateway that asks for no key, but cannot change what its browser says in these headers.
final class LocalOnly {
    private LocalOnly() {}

    static boolean allows(Headers headers) {
        return headers.all("host").stream().allMatch(LocalOnly::isLoopback)
                && headers.all("origin").stream().allMatch(origin -> isLoopback(authority(origin)));
    }

    /// What stands after the scheme; `null`, as a page without an origin says, is no host of ours.
    private static String authority(String origin) {
        int scheme = origin.indexOf("://");
        return scheme < 0 ? origin : origin.substring(scheme + 3);
    }

    private static boolean isLoopback(String authority) {
        String host = host(authority.strip().toLowerCase(Locale.ROOT));
        return host.equals("localhost") || host.endsWith(".localhost") || host.equals("[::1]") || isLoopback4(host);
    }

    private static boolean isLoopback4(String host) {
        return host.startsWith("127.") && host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    private static String host(String authority) {
        if (authority.startsWith("[")) {
            return authority.substring(0, authority.indexOf(']') + 1);
        }
        int port = authority.indexOf(':');
        return port < 0 ? authority : authority.substring(0, port);
    }
}
