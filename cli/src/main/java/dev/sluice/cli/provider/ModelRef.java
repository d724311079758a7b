package dev.sluice.cli.provider;

import dev.sluice.cli.CommandFailure;

/// A provider and one of its models; the first slash parts them, so that a model's id may hold others.
public record ModelRef(String provider, String model) {
    public static ModelRef parse(String ref) {
        int slash = ref.indexOf('/');
        if (slash <= 0 || slash == ref.length() - 1) {
            throw CommandFailure.usage(ref + " is no PROVIDER/MODEL, such as openrouter/gpt-4o");
        }
        return new ModelRef(ref.substring(0, slash), ref.substring(slash + 1));
    }

    @Override
    public String toString() {
        return provider + "/" + model;
    }
}
