package dev.sluice.core.access;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// A range of IP addresses, as in `10.0.0.0/8`, `2001:db8::/32` or a single address. IPv4 in IPv6's clothes is IPv4.
public final class Cidr {
    private static final int MAPPED_PREFIX = 96;
    private static final int IPV4_BYTES = 4;

    private final byte[] network;
    private final int prefix;

    private Cidr(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /// The range; empty when the text is none. Never asks a name server.
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        Optional<byte[]> address = address(literal);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        byte[] network = address.get();
        int bits = network.length * Byte.SIZE;
        if (slash < 0) {
            return Optional.of(new Cidr(network, bits));
        }
        int given = number(text.substring(slash + 1));
        boolean mapped = network.length == IPV4_BYTES && literal.indexOf(':') >= 0;
        int prefix = mapped ? given - MAPPED_PREFIX : given;
        return given < 0 || prefix < 0 || prefix > bits ? Optional.empty() : Optional.of(new Cidr(network, prefix));
    }

    /// Whether the address, as text, is in the range. What is no address is in none.
    public boolean contains(String address) {
        return address(address).filter(this::contains).isPresent();
    }

    private boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = prefix % Byte.SIZE;
        int mask = 0xFF00 >> rest & 0xFF;
        return rest == 0 || (address[whole] & mask) == (network[whole] & mask);
    }

    /// The bytes of an address literal; a zone (`%eth0`) and brackets are left out.
    private static Optional<byte[]> address(String text) {
        String bare = text.strip();
        if (bare.startsWith("[") && bare.endsWith("]")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        int zone = bare.indexOf('%');
        String literal = zone < 0 ? bare : bare.substring(0, zone);
        if (literal.indexOf(':') < 0 && !hasFourParts(literal)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(literal).getAddress());
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /// Short forms such as `10.1` are legal and mean something else than they seem to.
    private static boolean hasFourParts(String literal) {
        return literal.chars().filter(c -> c == '.').count() == IPV4_BYTES - 1;
    }

    /// The number; -1 when the text is none of up to three digits.
    private static int number(String text) {
        if (text.isEmpty() || text.length() > 3) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }
}
