package dev.sluice.protocol.bedrock;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Names of documents as Converse takes them: letters, digits, single spaces, hyphens, parentheses and brackets, no two
/// alike. One per request.
final class DocumentNames {
    private static final int LONGEST = 200;
    private static final String USUAL = "Document";

    private final Set<String> given = new HashSet<>();

    String legal(@Nullable String wanted) {
        String clean = clean(wanted == null ? "" : wanted);
        String name = clean.isEmpty() ? USUAL : clean;
        String unique = name;
        for (int n = 2; !given.add(unique); n++) {
            unique = cut(name, LONGEST - 8) + " " + n;
        }
        return unique;
    }

    private static String clean(String name) {
        StringBuilder clean = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            char legal = isLegal(c) ? c : Character.isWhitespace(c) ? ' ' : '-';
            boolean isRepeated =
                    !clean.isEmpty() && (legal == ' ' || legal != c) && clean.charAt(clean.length() - 1) == legal;
            if (!isRepeated) {
                clean.append(legal);
            }
        }
        return cut(clean.toString().strip(), LONGEST);
    }

    private static boolean isLegal(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-()[]".indexOf(c) >= 0;
    }

    private static String cut(String name, int longest) {
        return name.length() <= longest ? name : name.substring(0, longest).strip();
    }
}
