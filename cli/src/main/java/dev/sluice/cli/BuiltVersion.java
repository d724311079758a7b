package dev.sluice.cli;

/// The version that this command was built as.
public final class BuiltVersion {
    private BuiltVersion() {}

    public static String text() {
        String built = BuiltVersion.class.getPackage().getImplementationVersion();
        return built == null ? "(not packaged)" : built;
    }
}
