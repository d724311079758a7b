package dev.sluice.aws.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Keeps calls away from this machine, the owner's network and a cloud's metadata service.
///
/// A name is looked up right before the call, and refused when any of its addresses is private. The client then looks it
/// up again, through the JVM's own cache (30 s, `networkaddress.cache.ttl`), so both see the same answer unless the entry
/// expires in the microseconds between: that window is what remains of DNS rebinding, and it is as small as
/// `java.net.http` allows, which connects by name and nothing else. Who wins that race meets TLS: without
/// `allowPrivateNetwork` a provider is asked over https only, and nothing inside has a certificate for its name.
public final class PrivateNetworks {
    private final Resolver resolver;

    /// How names become addresses.
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /// What is known of a host.
    public enum Verdict {
        PUBLIC,
        PRIVATE,
        UNKNOWN_HOST
    }

    public PrivateNetworks(Resolver resolver) {
        this.resolver = resolver;
    }

    /// By the machine's own resolver.
    public static PrivateNetworks ofSystem() {
        return new PrivateNetworks(InetAddress::getAllByName);
    }

    /// Looks the host up; may block on the network.
    ///
    /// @param host a name or a literal, an IPv6 one with or without its brackets
    public Verdict judge(String host) {
        if (isReadInTwoWays(host)) {
            return Verdict.UNKNOWN_HOST;
        }
        try {
            InetAddress[] addresses = resolver.resolve(host);
            for (InetAddress address : addresses) {
                if (isPrivate(address)) {
                    return Verdict.PRIVATE;
                }
            }
            return addresses.length == 0 ? Verdict.UNKNOWN_HOST : Verdict.PUBLIC;
        } catch (UnknownHostException unknown) {
            return Verdict.UNKNOWN_HOST;
        }
    }

    /// `0177.0.0.1` is 177.0.0.1 to the JDK, and this machine to who reads such numbers as octal.
    private static boolean isReadInTwoWays(String host) {
        boolean leadingZero = false;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
            boolean begins = i == 0 || host.charAt(i - 1) == '.';
            boolean goesOn = i + 1 < host.length() && host.charAt(i + 1) != '.';
            leadingZero |= c == '0' && begins && goesOn;
        }
        return leadingZero;
    }

    /// Whether the address is anything but a public unicast one.
    public static boolean isPrivate(InetAddress address) {
        return switch (address) {
            case Inet4Address v4 -> isPrivate4(v4.getAddress(), 0);
            case Inet6Address v6 -> isPrivate6(v6.getAddress());
            default -> true;
        };
    }

    private static boolean isPrivate4(byte[] bytes, int at) {
        int a = bytes[at] & 0xff;
        int b = bytes[at + 1] & 0xff;
        int c = bytes[at + 2] & 0xff;
        return switch (a) {
            case 0, 10, 127 -> true;
            case 100 -> b >= 64 && b < 128; // carrier-grade NAT
            case 169 -> b == 254; // link-local, with the metadata services
            case 172 -> b >= 16 && b < 32;
            case 192 -> b == 168 || b == 0 && (c == 0 || c == 2) || b == 88 && c == 99;
            case 198 -> b == 18 || b == 19 || b == 51 && c == 100;
            case 203 -> b == 0 && c == 113;
            default -> a >= 224; // multicast, reserved, broadcast
        };
    }

    private static boolean isPrivate6(byte[] bytes) {
        int first = bytes[0] & 0xff;
        if (startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff)
                || startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                || startsWith(bytes, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) {
            return isPrivate4(bytes, 12); // mapped, compatible (with :: and ::1) and NAT64 forms of an IPv4 address
        }
        return (first & 0xe0) != 0x20 // public unicast is 2000::/3
                || startsWith(bytes, 0x20, 0x01) && (bytes[2] & 0xfe) == 0 // Teredo, ORCHID, benchmarks: 2001::/23
                || startsWith(bytes, 0x20, 0x01, 0x0d, 0xb8) // documentation
                || startsWith(bytes, 0x20, 0x02) // 6to4: an IPv4 address in disguise, and out of use
                || startsWith(bytes, 0x3f, 0xff) && (bytes[2] & 0xf0) == 0; // documentation
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
