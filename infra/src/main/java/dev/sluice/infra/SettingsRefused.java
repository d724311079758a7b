package dev.sluice.infra;

import java.util.List;

/// The context is not one that can be deployed; each problem is a sentence with key, value and what is allowed.
public final class SettingsRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    SettingsRefused(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
