package dev.polycert.vendor.ssh;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The classes that the library makes by their names, for the algorithms that are allowed. */
@RegisterForReflection(
    classNames = {
      "com.jcraft.jsch.CipherNone",
      "com.jcraft.jsch.DH25519",
      "com.jcraft.jsch.DH25519MLKEM768",
      "com.jcraft.jsch.DHEC256",
      "com.jcraft.jsch.DHEC384",
      "com.jcraft.jsch.DHEC521",
      "com.jcraft.jsch.DHG14256",
      "com.jcraft.jsch.DHG16",
      "com.jcraft.jsch.UserAuthKeyboardInteractive",
      "com.jcraft.jsch.UserAuthNone",
      "com.jcraft.jsch.UserAuthPassword",
      "com.jcraft.jsch.UserAuthPublicKey",
      "com.jcraft.jsch.bc.KeyPairGenEdDSA",
      "com.jcraft.jsch.jbcrypt.JBCrypt",
      "com.jcraft.jsch.jce.AES128CBC",
      "com.jcraft.jsch.jce.AES128CTR",
      "com.jcraft.jsch.jce.AES128GCM",
      "com.jcraft.jsch.jce.AES192CBC",
      "com.jcraft.jsch.jce.AES192CTR",
      "com.jcraft.jsch.jce.AES256CBC",
      "com.jcraft.jsch.jce.AES256CTR",
      "com.jcraft.jsch.jce.AES256GCM",
      "com.jcraft.jsch.jce.DH",
      "com.jcraft.jsch.jce.ECDHN",
      "com.jcraft.jsch.jce.HMACSHA1",
      "com.jcraft.jsch.jce.HMACSHA256",
      "com.jcraft.jsch.jce.HMACSHA256ETM",
      "com.jcraft.jsch.jce.HMACSHA512",
      "com.jcraft.jsch.jce.HMACSHA512ETM",
      "com.jcraft.jsch.jce.KeyPairGenECDSA",
      "com.jcraft.jsch.jce.KeyPairGenEdDSA",
      "com.jcraft.jsch.jce.KeyPairGenRSA",
      "com.jcraft.jsch.jce.MD5",
      "com.jcraft.jsch.jce.MLKEM768",
      "com.jcraft.jsch.jce.PBKDF2",
      "com.jcraft.jsch.jce.Random",
      "com.jcraft.jsch.jce.SHA1",
      "com.jcraft.jsch.jce.SHA256",
      "com.jcraft.jsch.jce.SHA384",
      "com.jcraft.jsch.jce.SHA512",
      "com.jcraft.jsch.jce.SignatureECDSA256",
      "com.jcraft.jsch.jce.SignatureECDSA384",
      "com.jcraft.jsch.jce.SignatureECDSA521",
      "com.jcraft.jsch.jce.SignatureEd25519",
      "com.jcraft.jsch.jce.SignatureRSASHA256",
      "com.jcraft.jsch.jce.SignatureRSASHA512",
      "com.jcraft.jsch.jce.TripleDESCBC",
      "com.jcraft.jsch.jce.XDH"
    })
final class LibraryClasses {
  private LibraryClasses() {}
}
