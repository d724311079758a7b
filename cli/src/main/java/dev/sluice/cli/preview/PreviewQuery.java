package dev.sluice.cli.preview;

import dev.sluice.cli.preview.Preview.Question;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// A question as the gateway's preview takes it over HTTP.
final class PreviewQuery {
    private PreviewQuery() {}

    static String method(Question question) {
        return question.request() == null ? "GET" : "POST";
    }

    static String query(Question question) {
        String query = "model=" + encode(question.model());
        return question.dialect() == null ? query : query + "&dialect=" + encode(question.dialect());
    }

    static byte[] body(Question question) {
        return question.request() == null ? new byte[0] : question.request().getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
