package dev.sluice.infra;

import dev.sluice.infra.Settings.Architecture;
import dev.sluice.infra.Settings.EdgeSettings;
import dev.sluice.infra.Settings.EdgeStackSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one context and gathers what is wrong with it.
final class ContextReader {
    private static final Pattern STACK = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,39}");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    private static final Pattern DOMAIN = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}");
    private static final Pattern CERTIFICATE = Pattern.compile("arn:aws:acm:us-east-1:\\d{12}:certificate/[a-z0-9-]+");
    private static final Pattern WEB_ACL = Pattern.compile("arn:aws:wafv2:us-east-1:\\d{12}:global/webacl/.+");
    private static final Pattern ZONE = Pattern.compile("Z[A-Z0-9]{1,31}");

    private final Map<String, Object> context = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    ContextReader(Map<String, ?> context) {
        context.forEach((key, value) -> {
            if (key.startsWith(ContextKey.PREFIX) && value != null) {
                this.context.put(key, value);
            }
        });
    }

    Settings read() {
        List<String> known =
                Arrays.stream(ContextKey.values()).map(ContextKey::key).toList();
        context.keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> problems.add(
                        "There is no context key " + key + ". The nearest is " + ContextKey.nearest(key) + "."));
        boolean cloudFront = truth(ContextKey.CLOUD_FRONT);
        boolean edge = truth(ContextKey.EDGE);
        Optional<String> domain = text(ContextKey.DOMAIN, DOMAIN);
        Optional<String> zone = text(ContextKey.HOSTED_ZONE, ZONE);
        EdgeSettings front = new EdgeSettings(
                domain,
                text(ContextKey.CERTIFICATE, CERTIFICATE),
                text(ContextKey.WEB_ACL, WEB_ACL),
                zone,
                whole(ContextKey.ORIGIN_READ_TIMEOUT, 1, 180));
        EdgeStackSettings second = new EdgeStackSettings(domain, zone, whole(ContextKey.EDGE_RATE, 10, 2_000_000_000));
        check(front, cloudFront, edge);
        Settings settings = new Settings(
                text(ContextKey.STACK, STACK).orElse(ContextKey.STACK.usual()),
                word(ContextKey.ARCHITECTURE).equals(Architecture.X86_64.text())
                        ? Architecture.X86_64
                        : Architecture.ARM64,
                whole(ContextKey.MEMORY, 512, 10_240),
                whole(ContextKey.TIMEOUT, 30, 900),
                wholeOrNull(ContextKey.CONCURRENCY, 1, 1_000),
                wholeOrNull(ContextKey.ROTATION_CONCURRENCY, 1, 1),
                truth(ContextKey.SNAP_START),
                Integer.parseInt(word(ContextKey.LOG_RETENTION)),
                truth(ContextKey.DELETION_PROTECTION),
                word(ContextKey.REMOVAL).equals("retain"),
                text(ContextKey.ALARM_EMAIL, EMAIL),
                truth(ContextKey.DASHBOARD),
                whole(ContextKey.BUDGET, 0, 100_000),
                whole(ContextKey.ROTATION_DAYS, 1, 1_000),
                truth(ContextKey.BEDROCK),
                cloudFront ? Optional.of(front) : Optional.empty(),
                edge ? Optional.of(second) : Optional.empty());
        if (!problems.isEmpty()) {
            throw new SettingsRefused(problems);
        }
        return settings;
    }

    private void check(EdgeSettings front, boolean cloudFront, boolean edge) {
        if (!cloudFront) {
            wants(front.certificate().isPresent(), ContextKey.CERTIFICATE, ContextKey.CLOUD_FRONT, "true");
            wants(front.webAcl().isPresent(), ContextKey.WEB_ACL, ContextKey.CLOUD_FRONT, "true");
        }
        if (!cloudFront && !edge) {
            wants(front.domain().isPresent(), ContextKey.DOMAIN, ContextKey.CLOUD_FRONT, "true");
        }
        if (cloudFront && front.domain().isPresent() != front.certificate().isPresent()) {
            boolean domain = front.domain().isPresent();
            wants(
                    true,
                    domain ? ContextKey.DOMAIN : ContextKey.CERTIFICATE,
                    domain ? ContextKey.CERTIFICATE : ContextKey.DOMAIN,
                    "set as well");
        }
        if (front.hostedZone().isPresent() && front.domain().isEmpty()) {
            wants(true, ContextKey.HOSTED_ZONE, ContextKey.DOMAIN, "set as well");
        }
        if (!truth(ContextKey.DELETION_PROTECTION) || word(ContextKey.REMOVAL).equals("retain")) {
            return;
        }
        problems.add(ContextKey.REMOVAL.key() + " is destroy, but " + ContextKey.DELETION_PROTECTION.key()
                + " is true, so the table would stay and the stack with it: set "
                + ContextKey.DELETION_PROTECTION.key() + "=false as well.");
    }

    private void wants(boolean isSet, ContextKey key, ContextKey other, String what) {
        if (isSet) {
            problems.add(key.key() + " is set, so " + other.key() + " has to be " + what + ".");
        }
    }

    private Optional<String> text(ContextKey key, Pattern form) {
        String value = value(key);
        if (value.isEmpty() && !context.containsKey(key.key())) {
            return Optional.empty();
        }
        if (!form.matcher(value).matches()) {
            refuse(key, value);
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private boolean truth(ContextKey key) {
        return word(key).equals("true");
    }

    private String word(ContextKey key) {
        String value = value(key);
        if (List.of(key.allowed().split(", ", -1)).contains(value)) {
            return value;
        }
        refuse(key, value);
        return key.usual();
    }

    private int whole(ContextKey key, int least, int most) {
        Integer number = wholeOrNull(key, least, most);
        return number == null ? Integer.parseInt(key.usual()) : number;
    }

    private @Nullable Integer wholeOrNull(ContextKey key, int least, int most) {
        String value = value(key);
        if (value.isEmpty() && !context.containsKey(key.key())) {
            return null;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notWhole) {
            // refused below
        }
        refuse(key, value);
        return null;
    }

    /// JSON numbers come as doubles over the CDK's bridge.
    private String value(ContextKey key) {
        Object value = context.get(key.key());
        if (value instanceof Double number && number == Math.rint(number)) {
            return Long.toString(Math.round(number));
        }
        return value == null ? key.usual() : value.toString();
    }

    private void refuse(ContextKey key, String value) {
        String sentence =
                key.key() + " is " + (value.isEmpty() ? "empty" : value) + "; allowed: " + key.allowed() + ".";
        if (!problems.contains(sentence)) {
            problems.add(sentence);
        }
    }
}
