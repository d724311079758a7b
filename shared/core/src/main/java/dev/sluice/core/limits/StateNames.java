package dev.sluice.core.limits;

/// The names of a state item's attributes (ADMISSION.md 2). All stand at the top level: an update expression can set
/// those without their being there before.
public final class StateNames {
    /// Admissions ever.
    public static final String ADMISSIONS = "rr";

    private static final String RESERVATION = "r/";

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
        return "cd/" + model;
    }

    /// Why, beside the cooldown of that name: `<until>;<category>` or `<until>;<category>;named`.
    public static String cause(String cooldown) {
        return "cw" + cooldown.substring(2);
    }

    /// Failures in a row.
    public static String failures(String model) {
        return "bf/" + model;
    }

    /// Until when the breaker is open.
    public static String openUntil(String model) {
        return "bo/" + model;
    }

    /// The last admission while there were failures: at or after the end of the open time, the probe.
    public static String probedAt(String model) {
        return "bp/" + model;
    }
}
