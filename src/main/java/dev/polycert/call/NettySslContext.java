package dev.polycert.call;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextOption;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Keeps OpenSSL out of the native executable. Quarkus substitutes the method by which Netty makes
 * contexts, so that they are the JDK's. Since 4.1.135 Netty makes those of clients by another
 * method, which this version of Quarkus does not know; here that one calls the substituted one. To
 * be removed with the next Quarkus.
 */
@TargetClass(className = "io.netty.handler.ssl.SslContext")
final class NettySslContext {

  /** The method that Quarkus substitutes. */
  @Alias
  @SafeVarargs
  static native SslContext newClientContextInternal(
      SslProvider provider,
      Provider sslContextProvider,
      X509Certificate[] trustCert,
      TrustManagerFactory trustManagerFactory,
      X509Certificate[] keyCertChain,
      PrivateKey key,
      String keyPassword,
      KeyManagerFactory keyManagerFactory,
      Iterable<String> ciphers,
      CipherSuiteFilter cipherFilter,
      ApplicationProtocolConfig apn,
      String[] protocols,
      long sessionCacheSize,
      long sessionTimeout,
      boolean enableOcsp,
      SecureRandom secureRandom,
      String keyStoreType,
      String endpointIdentificationAlgorithm,
      Map.Entry<SslContextOption<?>, Object>... options)
      throws SSLException;

  /** The method that Netty calls. */
  @Substitute
  @SafeVarargs
  static SslContext newClientContextInternal(
      SslProvider provider,
      Provider sslContextProvider,
      X509Certificate[] trustCert,
      TrustManagerFactory trustManagerFactory,
      X509Certificate[] keyCertChain,
      PrivateKey key,
      String keyPassword,
      KeyManagerFactory keyManagerFactory,
      Iterable<String> ciphers,
      CipherSuiteFilter cipherFilter,
      ApplicationProtocolConfig apn,
      String[] protocols,
      long sessionCacheSize,
      long sessionTimeout,
      boolean enableOcsp,
      boolean ofOpenSslOnly,
      SecureRandom secureRandom,
      String keyStoreType,
      String endpointIdentificationAlgorithm,
      Map.Entry<SslContextOption<?>, Object>... options)
      throws SSLException {
    return newClientContextInternal(
        provider,
        sslContextProvider,
        trustCert,
        trustManagerFactory,
        keyCertChain,
        key,
        keyPassword,
        keyManagerFactory,
        ciphers,
        cipherFilter,
        apn,
        protocols,
        sessionCacheSize,
        sessionTimeout,
        enableOcsp || ofOpenSslOnly,
        secureRandom,
        keyStoreType,
        endpointIdentificationAlgorithm,
        options);
  }
}
