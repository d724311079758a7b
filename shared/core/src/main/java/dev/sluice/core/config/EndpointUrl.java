package dev.sluice.core.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads a provider's base URL: absolute, http or https, and nothing in it that could be a secret.
final class EndpointUrl {
    private static final int LONGEST = 1000;
    private static final int LAST_PORT = 65_535;

    private EndpointUrl() {}

    /// The URL; null when it is wrong, which is noted without its secret parts.
    static @Nullable URI read(String text, boolean allowPrivateNetwork, String path, Findings findings) {
        URI url = parsed(text);
        String problem = url == null ? "an absolute http or https URL" : problem(url, allowPrivateNetwork);
        if (problem == null) {
            return url;
        }
        findings.say(path, shown(url), problem);
        return null;
    }

    private static @Nullable URI parsed(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            URI url = new URI(text);
            return url.isAbsolute() && url.getHost() != null ? url : null;
        } catch (URISyntaxException noUrl) {
            return null;
        }
    }

    private static @Nullable String problem(URI url, boolean allowPrivateNetwork) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return "an absolute http or https URL";
        }
        if (url.getRawUserInfo() != null) {
            return "a URL without a user or password: a secret belongs in the credential store";
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            return "a URL without `?` and `#`; a secret that goes in the query is `auth` of type query";
        }
        if (url.getPort() == 0 || url.getPort() > LAST_PORT) {
            return "a port from 1 to " + LAST_PORT;
        }
        if (!allowPrivateNetwork && isPrivate(url.getHost())) {
            return "a public host; for one on your own network or this machine set allowPrivateNetwork to true";
        }
        return allowPrivateNetwork || scheme.equals("https")
                ? null
                : "https; plain http only on your own network, with allowPrivateNetwork set to true";
    }

    /// Whether the host can be told to be private without asking a name server.
    private static boolean isPrivate(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        boolean isV6 = name.startsWith("[");
        try {
            InetAddress address = InetAddress.ofLiteral(isV6 ? name.substring(1, name.length() - 1) : name);
            return address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || address.isLinkLocalAddress()
                    || address.isAnyLocalAddress()
                    || isUniqueLocal(address);
        } catch (IllegalArgumentException aName) {
            return name.indexOf('.') < 0 || name.endsWith(".localhost");
        }
    }

    private static boolean isUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
    }

    private static String shown(@Nullable URI url) {
        return url == null ? "another text" : Shown.text(url.getScheme() + "://" + url.getHost());
    }
}
