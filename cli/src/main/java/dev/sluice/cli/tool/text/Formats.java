package dev.sluice.cli.tool.text;

/// The formats that coding tools keep their settings in.
public final class Formats {
    /// JSON, also with comments and with a comma behind the last member.
    public static final Format JSON = new JsoncFormat();

    public static final Format TOML = new TomlFormat();

    public static final Format YAML = new YamlFormat();

    /// Lines of `NAME=value`.
    public static final Format ENV = new EnvFormat();

    private Formats() {}
}
