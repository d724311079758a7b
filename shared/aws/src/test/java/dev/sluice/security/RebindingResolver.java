package dev.sluice.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The JVM's resolver in this module's tests: as ever, but for one name that is public the first time only.
public final class RebindingResolver extends InetAddressResolverProvider {
    static final String NAME = "rebind.sluice-test.example";
    static final AtomicInteger ASKED = new AtomicInteger();

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver usual = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (!host.equals(NAME)) {
                    return usual.lookupByName(host, policy);
                }
                // Of 2000::/3, but of a block that was given back and belongs to nobody: nothing answers there.
                String address = ASKED.getAndIncrement() == 0 ? "3ffe:ffff::1" : "127.0.0.1";
                return Stream.of(InetAddress.ofLiteral(address));
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return usual.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "rebinding, for one name";
    }
}
