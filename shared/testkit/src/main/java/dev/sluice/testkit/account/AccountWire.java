package dev.sluice.testkit.account;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Requests and answers as AWS's services write them.
final class AccountWire {
    private AccountWire() {}

    /// One request: who is asked, for what, with what.
    ///
    /// @param service as the signature names it
    /// @param form the fields of a query; empty: it is none
    record Ask(String service, String action, Map<String, String> form, Json.Obj body, String path) {}

    static Ask read(String request) {
        String path = request.substring(request.indexOf(' ') + 1, request.indexOf(" HTTP/"));
        String body = request.substring(request.indexOf("\r\n\r\n") + 4);
        String target = header(request, "x-amz-target");
        String service = service(header(request, "authorization"));
        if (!target.isEmpty()) {
            Json.Obj json = JsonText.objectOrNull(body);
            String action = target.substring(target.indexOf('.') + 1);
            return new Ask(service, action, Map.of(), json == null ? Json.Obj.EMPTY : json, path);
        }
        Map<String, String> form = body.contains("Action=") ? form(body) : Map.of();
        String action = form.getOrDefault("Action", path.contains("/configuration") ? "GetFunctionConfiguration" : "");
        return new Ask(service, action, form, Json.Obj.EMPTY, path);
    }

    /// Credential=ID/DATE/REGION/SERVICE/aws4_request.
    private static String service(String authorization) {
        int scope = authorization.indexOf("Credential=");
        String[] parts = authorization.substring(Math.max(0, scope)).split("/", -1);
        return scope < 0 || parts.length < 5 ? "unsigned" : parts[3];
    }

    private static String header(String request, String name) {
        for (String line : request.substring(0, request.indexOf("\r\n\r\n")).split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            form.put(decode(field.substring(0, equals)), decode(field.substring(equals + 1)));
        }
        return form;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static byte[] json(Json json) {
        return http("200 OK", "application/x-amz-json-1.1", JsonText.print(json));
    }

    /// @param inner of the action's result
    static byte[] xml(String action, String inner) {
        return http(
                "200 OK",
                "text/xml",
                "<" + action + "Response xmlns=\"https://example.amazonaws.com/doc/\"><" + action + "Result>" + inner
                        + "</" + action + "Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></"
                        + action + "Response>");
    }

    static byte[] refusal(Ask ask, String code, String message) {
        String status = "400 Bad Request";
        if (ask.form().isEmpty()) {
            Json error = Json.object()
                    .put("__type", "com.amazonaws.coral#" + code)
                    .put("message", message)
                    .build();
            return http(status, "application/x-amz-json-1.1", JsonText.print(error));
        }
        return http(
                status,
                "text/xml",
                "<ErrorResponse><Error><Type>Sender</Type>" + tag("Code", code) + tag("Message", message)
                        + "</Error><RequestId>r</RequestId></ErrorResponse>");
    }

    static String tag(String name, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<" + name + ">" + escaped + "</" + name + ">";
    }

    private static byte[] http(String status, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, whole, head.length, bytes.length);
        return whole;
    }
}
