package dev.sluice.infra;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// The keys of the context, in the order of the documents, with what they are by default.
public enum ContextKey {
    STACK(
            "stack",
            "Sluice",
            "letters, digits and hyphens, at most 40, a letter first",
            "name of the stack, of its secrets and parameters"),
    ARCHITECTURE("architecture", "arm64", "arm64, x86_64", "the gateway's processor"),
    MEMORY("memoryMb", "1024", "512 to 10240", "the gateway's memory, and with it its share of a processor"),
    TIMEOUT("timeoutSeconds", "900", "30 to 900", "the longest stream"),
    CONCURRENCY("concurrency", "", "1 to 1000", "requests at once at most; without it what the account allows"),
    ROTATION_CONCURRENCY(
            "rotationConcurrency",
            "",
            "1",
            "reserves one execution for the rotation; an account with a limit of 10 has none to reserve"),
    SNAP_START("snapStart", "true", "true, false", "a snapshot of the started function"),
    LOG_RETENTION(
            "logRetentionDays",
            "30",
            "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731",
            "how long logs are kept"),
    DELETION_PROTECTION("deletionProtection", "true", "true, false", "nobody deletes the table, not even the stack"),
    REMOVAL("removal", "retain", "retain, destroy", "what becomes of table, secrets and logs when the stack goes"),
    ALARM_EMAIL("alarmEmail", "", "an address", "gets the alarms and the budget's warnings"),
    DASHBOARD("dashboard", "true", "true, false", "a dashboard in CloudWatch; the account's first three are free"),
    BUDGET("monthlyBudgetUsd", "20", "0 to 100000", "AWS Budget of the whole account; 0: none"),
    ROTATION_DAYS("rotationDays", "90", "1 to 1000", "days between two rotations of the master key"),
    BEDROCK("bedrock", "false", "true, false", "the gateway's role may call models of Amazon Bedrock"),
    CLOUD_FRONT("cloudFront", "false", "true, false", "CloudFront before the function; calls past it are refused"),
    DOMAIN("domain", "", "a name such as llm.example.org", "the distribution's own name; wants certificateArn"),
    CERTIFICATE("certificateArn", "", "an ARN of ACM in us-east-1", "the certificate for domain"),
    WEB_ACL("webAclArn", "", "an ARN of a global web ACL", "the distribution's web ACL"),
    HOSTED_ZONE("hostedZoneId", "", "an id such as Z0123456789ABC", "Route 53 zone that gets domain's records"),
    ORIGIN_READ_TIMEOUT(
            "originReadTimeoutSeconds",
            "120",
            "1 to 180",
            "silence of the function that CloudFront bears; above 120 AWS wants to be asked"),
    EDGE("edge", "false", "true, false", "also makes the stack with certificate and web ACL in us-east-1"),
    EDGE_RATE(
            "edgeRequestsPer5Minutes",
            "1000",
            "10 to 2000000000",
            "requests from one address that the web ACL lets through");

    static final String PREFIX = "sluice:";

    private final String key;
    private final String usual;
    private final String allowed;
    private final String meaning;

    ContextKey(String key, String usual, String allowed, String meaning) {
        this.key = PREFIX + key;
        this.usual = usual;
        this.allowed = allowed;
        this.meaning = meaning;
    }

    /// With its prefix.
    public String key() {
        return key;
    }

    /// Empty: there is none.
    public String usual() {
        return usual;
    }

    public String allowed() {
        return allowed;
    }

    public String meaning() {
        return meaning;
    }

    static String nearest(String unknown) {
        List<String> keys = Arrays.stream(values()).map(ContextKey::key).toList();
        return keys.stream()
                .filter(key -> key.startsWith(unknown))
                .findFirst()
                .orElseGet(() -> Collections.min(keys, Comparator.comparingInt(key -> distance(unknown, key))));
    }

    /// How many letters have to be put in, taken out or changed.
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int change = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(change, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
