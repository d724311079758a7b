package dev.sluice.infra.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The prices of `prices.tsv`, by name.
record Prices(Map<String, Price> byName) {
    static Prices read() {
        try (InputStream in = Prices.class.getResourceAsStream("prices.tsv")) {
            if (in == null) {
                throw new IllegalStateException("prices.tsv is not on the class path");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Prices parse(String text) {
        Map<String, Price> byName = new TreeMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            List<String> cells = List.of(line.split("\t", -1));
            byName.put(
                    cells.getFirst(),
                    new Price(
                            cells.getFirst(),
                            new BigDecimal(cells.get(1)),
                            cells.get(2),
                            new BigDecimal(cells.get(3)),
                            cells.get(4)));
        });
        return new Prices(byName);
    }

    Price of(String name) {
        Price price = byName.get(name);
        if (price == null) {
            throw new IllegalArgumentException("There is no price " + name + ".");
        }
        return price;
    }
}
