package dev.sluice.cli.importing;

import dev.sluice.model.Dialect;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Base URLs as other gateways write them, some with the path of one operation.
final class Addresses {
    private static final List<String> OPERATIONS =
            List.of("/chat/completions", "/completions", "/responses", "/v1/messages", "/messages", "/api/chat");

    private Addresses() {}

    /// The URL without an operation's path and without a slash at its end; empty: it is none.
    static Optional<String> base(String text) {
        String base = withoutSlash(text.strip());
        for (String operation : OPERATIONS) {
            if (base.endsWith(operation)) {
                base = withoutSlash(base.substring(0, base.length() - operation.length()));
            }
        }
        int models = base.indexOf("/v1beta/models");
        base = models > 0 ? base.substring(0, models) : base;
        return parsed(base).isPresent() ? Optional.of(base) : Optional.empty();
    }

    /// The dialect that the path of an operation tells.
    static Optional<Dialect> dialect(String text) {
        String url = withoutSlash(text.strip());
        if (url.endsWith("/messages")) {
            return Optional.of(Dialect.ANTHROPIC);
        }
        if (url.endsWith("/responses")) {
            return Optional.of(Dialect.OPENAI_RESPONSES);
        }
        if (url.contains("/v1beta/models")) {
            return Optional.of(Dialect.GEMINI);
        }
        return url.endsWith("/api/chat") ? Optional.of(Dialect.OLLAMA_CHAT) : Optional.empty();
    }

    /// With the version at its end that the path does not have otherwise.
    static String versioned(String base) {
        int slash = base.lastIndexOf('/');
        String last = base.substring(slash + 1);
        boolean isVersioned = last.length() > 1 && last.charAt(0) == 'v' && Character.isDigit(last.charAt(1));
        return isVersioned ? base : base + "/v1";
    }

    /// Whether it is on the owner's own network or machine, as far as the text tells.
    static boolean isAtHome(String url) {
        Optional<URI> parsed = parsed(url);
        if (parsed.isEmpty()) {
            return false;
        }
        String host = parsed.get().getHost().toLowerCase(Locale.ROOT);
        try {
            InetAddress address =
                    InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
            return address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || address.isLinkLocalAddress()
                    || address.isAnyLocalAddress();
        } catch (IllegalArgumentException aName) {
            return host.indexOf('.') < 0 || host.endsWith(".localhost") || host.endsWith(".local");
        }
    }

    /// A name for what is at that address: the host without what all hosts have.
    static String nameOf(String url) {
        String host = parsed(url).map(URI::getHost).orElse("provider");
        String bare = host.startsWith("api.") ? host.substring("api.".length()) : host;
        int dot = bare.indexOf('.');
        return dot > 0 && !Character.isDigit(bare.charAt(0)) ? bare.substring(0, dot) : bare;
    }

    private static Optional<URI> parsed(String text) {
        try {
            URI url = new URI(text);
            boolean isHttp = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            return isHttp && url.getHost() != null && url.getRawUserInfo() == null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException noUrl) {
            return Optional.empty();
        }
    }

    private static String withoutSlash(String text) {
        String bare = text;
        while (bare.endsWith("/")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        return bare;
    }
}
