package dev.sluice.cli.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What is looked at, in the order in which it is told.
public enum Area {
    MACHINE(
            "machine",
            "the data folder, the modes of its files, free space, the running start, the port, versions, Java"),
    CLOCK("clock", "this machine's clock beside that of the providers and of a deployed gateway"),
    CONFIGURATION("configuration", "whether it can be read, and what of it leads nowhere"),
    CREDENTIALS("credentials", "the providers' secrets: missing, unreadable, unused; never the secrets themselves"),
    PROVIDERS("providers", "every endpoint: reached, its secret accepted, how fast; what is cooling down now"),
    TABLE("table", "the DynamoDB table: there, of this version, its items expiring, how fast"),
    STACK("stack", "the deployed stack: CloudFormation, function, version, rotation, last errors"),
    MASTER_KEY("master-key", "the master key: made, how old, what else is valid"),
    GATEWAY("gateway", "the gateway itself: alive, refusing strangers, taking the key, how fast"),
    TOOLS("tools", "each coding tool that is set up: its files, and a request like its own through the gateway");

    private final String id;
    private final String subject;

    Area(String id, String subject) {
        this.id = id;
        this.subject = subject;
    }

    public String id() {
        return id;
    }

    /// What is looked at there, in words.
    public String subject() {
        return subject;
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(Area::id).toList();
    }

    public static Optional<Area> named(String id) {
        return Arrays.stream(values()).filter(area -> area.id.equals(id)).findFirst();
    }
}
