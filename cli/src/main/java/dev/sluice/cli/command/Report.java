package dev.sluice.cli.command;

import dev.sluice.cli.Surroundings;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.PrintStream;
import java.util.List;

/// What a command says: tables and sentences for people, or one JSON value a line.
final class Report {
    private final PrintStream out;
    private final PrintStream err;

    Report(Surroundings surroundings) {
        this.out = surroundings.out();
        this.err = surroundings.err();
    }

    void json(Json value) {
        out.println(JsonText.print(value));
    }

    /// Lines that are complete already.
    void text(String text) {
        out.print(text);
    }

    /// Complete lines before a question: where the answer is JSON they are no part of it.
    void beside(String text, boolean json) {
        (json ? err : out).print(text);
    }

    void line(String text) {
        out.println(text);
    }

    /// Beside the answer: on standard error, so that the answer can be kept in a file.
    void note(String text) {
        err.println(text);
    }

    void table(List<String> head, List<List<String>> rows) {
        out.print(new Table(head, rows).text());
    }

    void tableOfErrors(List<String> head, List<List<String>> rows) {
        err.print(new Table(head, rows).text());
    }
}
