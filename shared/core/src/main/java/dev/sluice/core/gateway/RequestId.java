package dev.sluice.core.gateway;

import java.util.random.RandomGenerator;

/// The gateway's own name of one request.
///
/// @param token 24 characters of `[a-z0-9]`, unique
record RequestId(String token) {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz012345";

    static RequestId next(RandomGenerator random) {
        StringBuilder token = new StringBuilder(24);
        for (int half = 0; half < 2; half++) {
            long bits = random.nextLong();
            for (int i = 0; i < 12; i++) {
                token.append(ALPHABET.charAt((int) (bits >>> i * 5) & 31));
            }
        }
        return new RequestId(token.toString());
    }

    @Override
    public String toString() {
        return "req_" + token;
    }
}
