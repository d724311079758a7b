package dev.sluice.testkit;

import dev.sluice.core.gateway.Match;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// What attackers have sent to gateways: paths that are read in two ways, hosts that are none, keys that are not keys.
public final class HostileInput {
    private static final int LONG = 5_000;

    private static final List<String> INJECTIONS = List.of(
            "' OR '1'='1",
            "' OR 1=1 --",
            "\"; DROP TABLE keys; --",
            "x' UNION SELECT NULL,NULL--",
            "admin'/*",
            "1; SELECT pg_sleep(10)",
            "${jndi:ldap://127.0.0.1/a}",
            "{{7*7}}",
            "<%= 7*7 %>",
            "#{T(java.lang.Runtime)}",
            "%s%s%s%n",
            "*)(uid=*))(|(uid=*",
            "{\"$ne\":null}",
            "{\"S\":\"key\"}",
            "attribute_exists(pk)",
            "begins_with(pk, :k)",
            "key#",
            "key#*",
            "config",
            "worker-key",
            "../../etc/passwd",
            "..%2f..%2fsecret.key",
            "null",
            "undefined",
            "true",
            "[]",
            "{}",
            "0",
            "-1",
            "NaN",
            "Bearer",
            "bearer bearer",
            "sk-ant-api03-0123456789",
            "slc_",
            "*",
            "%00",
            "\\u0000",
            "\u202e\u0000",
            "\ufeff",
            "\ud800",
            "\udfff\ud800",
            "\u0130\u0131",
            "\uff53\uff4c\uff43\uff3f",
            "\ud83d\udd11");

    private HostileInput() {}

    /// Paths that one reader takes for a public one and another for a chat, or for nothing.
    public static List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (String open : List.of("health", "protocol", "api/hello")) {
            for (String closed : List.of("v1/messages", "v1/chat/completions", "v1/models", "api/chat")) {
                for (String between :
                        List.of("/..", "/../", "/%2e%2e/", "/.%2e/", ";/../", "%2f..%2f", "/..;/", "//", "/./")) {
                    paths.add("/" + open + between + closed);
                    paths.add("/" + closed + between + open);
                }
                paths.add("/" + closed + ";" + open);
                paths.add("/" + closed + ";/" + open);
                paths.add("/" + open + ";" + closed);
                paths.add("/" + closed + "%3f/" + open);
                paths.add("/" + closed + "%23/" + open);
                paths.add("/" + closed + "%00/" + open);
                paths.add("/" + closed + "%0d%0a/" + open);
                paths.add("/" + closed + "\\..\\" + open);
                paths.add("//" + closed);
                paths.add("///" + closed + "//");
                paths.add("/./" + closed);
                paths.add("/%2e/" + closed);
                paths.add("/" + closed.replace("/", "//"));
                paths.add("/" + closed.replace("/", "%2f"));
                paths.add("/" + closed.replace("/", "%252f"));
                paths.add("/v1/v1/v1/" + closed);
                paths.add("/openai/anthropic/" + closed);
            }
            paths.add("/" + open + ".json");
            paths.add("/" + open + "%20");
            paths.add("/" + open + "/x");
            paths.add("/%68ealth");
        }
        return paths;
    }

    /// What a request without a good key is answered: all that is open to everybody is named here.
    public static int statusWithoutKey(Match match) {
        return switch (match) {
            case Match.Health _, Match.Hello _, Match.Protocol _ -> 200;
            case Match.WebSocketUpgrade _ -> 426;
            case Match.Preflight _ -> 403;
            case Match.MethodNotAllowed _ -> 405;
            case Match.NotFound _ -> 404;
            case Match.Chat _, Match.DetectDialect _, Match.CountTokens _, Match.Explain _ -> 401;
            case Match.ListModels _, Match.OneModel _, Match.ShowModel _, Match.RunningModels _ -> 401;
            case Match.OllamaVersion _, Match.Stored _, Match.Later _ -> 401;
        };
    }

    /// Values of a Host header that move where a URL's path begins for who builds one of them.
    public static List<String> hosts() {
        return List.of(
                "x/?",
                "x/#",
                "x//",
                "x/health?",
                "x/health#",
                "x/health/..",
                "localhost/health;",
                "127.0.0.1",
                "169.254.169.254",
                "x:80/health?y=",
                "x@y/health",
                "[::1]/health",
                "x%2fhealth",
                "x\\health",
                "a, b",
                "x".repeat(300));
    }

    /// A value that may stand where a key does, and is none. Deterministic by the generator.
    ///
    /// @param key a real one, and the hash that it is known by: what is made of them must not open anything
    public static String key(RandomGenerator random, String key, String hash) {
        return switch (random.nextInt(14)) {
            case 0 -> INJECTIONS.get(random.nextInt(INJECTIONS.size()));
            case 1 -> INJECTIONS.get(random.nextInt(INJECTIONS.size())) + key;
            case 2 -> key + INJECTIONS.get(random.nextInt(INJECTIONS.size()));
            case 3 -> hash;
            case 4 -> "key#" + hash;
            case 5 -> mutated(random, key);
            case 6 -> key.substring(0, random.nextInt(key.length()));
            case 7 -> key.substring(1 + random.nextInt(key.length() - 1));
            case 8 -> random.nextBoolean() ? key.toUpperCase(Locale.ROOT) : key + "," + key;
            case 9 -> Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
            case 10 -> text(random, 1 + random.nextInt(64), 0x110000);
            case 11 -> text(random, 1 + random.nextInt(64), 0x80);
            case 12 -> key + (char) random.nextInt(0x20) + key;
            default ->
                random.nextInt(50) == 0 ? text(random, LONG, 0x100) : text(random, 24 + random.nextInt(40), 0x100);
        };
    }

    private static String mutated(RandomGenerator random, String key) {
        StringBuilder text = new StringBuilder(key);
        int at = random.nextInt(key.length());
        text.setCharAt(at, (char) (key.charAt(at) ^ 1 << random.nextInt(7)));
        return text.toString();
    }

    /// Lone surrogates and control characters among it.
    private static String text(RandomGenerator random, int length, int bound) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            int c = random.nextInt(bound);
            text.append(c < 0x10000 ? Character.toString((char) c) : Character.toString(c));
        }
        return text.toString();
    }
}
