package dev.sluice.aws.http;

/// System properties that `java.net.http` reads once, when its first client is made: an entry point applies them first.
public final class ClientSettings {
    private ClientSettings() {}

    /// Switches off what the client does of its own accord, and bounds what it accepts. A value the owner has set
    /// stays.
    public static void apply() {
        // A POST whose pooled connection has died is not sent again: whether it was already paid for is ours to judge.
        unlessSet("jdk.httpclient.enableAllMethodRetry", "false");
        // A refused connect is not tried a second time behind our retry rules.
        unlessSet("jdk.httpclient.disableRetryConnect", "true");
        unlessSet("jdk.httpclient.auth.retrylimit", "0");
        unlessSet("jdk.httpclient.redirects.retrylimit", "1");
        unlessSet("jdk.http.maxHeaderSize", "131072");
        unlessSet("jdk.httpclient.keepalive.timeout", "30");
    }

    private static void unlessSet(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
