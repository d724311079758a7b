package dev.sluice.core.limits;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The names of a state item's attributes (ADMISSION.md 2). All stand at the top level: an update expression can set
/// those without their being there before.
public final class StateNames {
    /// Admissions ever.
    public static final String ADMISSIONS = "rr";

    private static final String RESERVATION = "r/";
    private static final int LONGEST = 64;
    private static final int KEPT = 40;

    private StateNames() {}

    /// `r/<attempt id>`
    public static String reservation(String id) {
        return RESERVATION + id;
    }

    public static boolean isReservation(String name) {
        return name.startsWith(RESERVATION);
    }

    /// The attempt's id in the name of its reservation.
    public static String reservationId(String name) {
        return name.substring(RESERVATION.length());
    }

    /// Until when the provider cools down, in milliseconds since 1970.
    public static String cooldown() {
        return "cd";
    }

    /// Until when the model cools down.
    public static String cooldown(String model) {
        return "cd/" + shortened(model);
    }

    static boolean isCooldown(String name) {
        return name.equals("cd") || name.startsWith("cd/");
    }

    /// Why, beside the cooldown of that name: `<until>;<category>` or `<until>;<category>;named`.
    public static String cause(String cooldown) {
        return "cw" + cooldown.substring(2);
    }

    /// Failures in a row.
    public static String failures(String model) {
        return "bf/" + shortened(model);
    }

    /// Until when the breaker is open.
    public static String openUntil(String model) {
        return "bo/" + shortened(model);
    }

    /// The last admission while there were failures: at or after the end of the open time, the probe.
    public static String probedAt(String model) {
        return "bp/" + shortened(model);
    }

    /// The three names of the breaker whose count of failures that is, in the order failures, open until, probed at; none
    /// for another name.
    static List<String> breakerOf(String name) {
        if (!name.startsWith("bf/")) {
            return List.of();
        }
        String model = name.substring(2);
        return List.of(name, "bo" + model, "bp" + model);
    }

    /// Whether it is a model's cooldown or breaker.
    static boolean isHealthOfModel(String name) {
        return name.length() > 2
                && name.charAt(2) == '/'
                && (name.startsWith("cd") || name.startsWith("bf") || name.startsWith("bo") || name.startsWith("bp"));
    }

    /// Whether it counts what is used in a window.
    static boolean isCounter(String name) {
        return name.startsWith("q/") || name.startsWith("t/") || name.startsWith("m/");
    }

    /// Clients choose models' names: a long one, or one that not every store can spell, is told by its hash.
    private static String shortened(String model) {
        if (model.length() <= LONGEST && model.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return model;
        }
        StringBuilder name = new StringBuilder(LONGEST);
        for (int i = 0; i < Math.min(KEPT, model.length()); i++) {
            char c = model.charAt(i);
            name.append(Character.isSurrogate(c) ? '_' : c);
        }
        return name.append('#').append(hash(model)).toString();
    }

    private static String hash(String model) {
        ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * model.length());
        bytes.asCharBuffer().put(model);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java has SHA-256", absent);
        }
    }
}
