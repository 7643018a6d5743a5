package dev.polycert.vendor.ssh;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import dev.polycert.call.ErrorClass;
import dev.polycert.deliver.CertificateFiles;
import dev.polycert.deliver.CertificateFiles.OneFile;
import dev.polycert.deliver.FileForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sets of a directory of another machine: each in a directory of its own under {@code
 * versions}, and {@code live}, a symbolic link to the one that is in force. A set is uploaded
 * completely before the link is replaced by a rename as POSIX has it, which OpenSSH adds to SFTP
 * ({@code posix-rename@openssh.com}): a reader that follows {@code live} finds the old set or the
 * new one.
 */
final class RemoteDirectory {
  private static final String LIVE = "live";
  private static final String VERSIONS = "versions";

  private static final String POSIX_RENAME = "posix-rename@openssh.com";

  /** Sets and links younger than this may belong to a delivery that is under way. */
  private static final Duration UNDER_WAY = Duration.ofHours(1);

  private static final int PRIVATE = 0700;
  private static final int OPEN = 0755;
  private static final int PUBLIC = 0644;
  private static final int PERMISSIONS = 0777;

  /** A file that is larger than any of ours is not read. */
  private static final int MOST_BYTES = 1 << 20;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{16}");

  private final ChannelSftp sftp;
  private final Clock clock;
  private final RandomGenerator random;
  private final Consumer<String> steps;

  /** The one that is being taken, for people. */
  private String step = "look";

  /**
   * @param steps gets the name of each step before it is taken
   */
  RemoteDirectory(ChannelSftp sftp, Clock clock, RandomGenerator random, Consumer<String> steps) {
    this.sftp = sftp;
    this.clock = clock;
    this.random = random;
    this.steps = steps;
  }

  /** Whether Polycert uses the name itself, so that no delivery may go there. */
  static boolean isReserved(String name) {
    return name.equals(LIVE) || name.equals(VERSIONS);
  }

  /**
   * Puts a set in force.
   *
   * @param relative names without {@code ..}
   * @return the directory that readers look into
   */
  String write(String base, String relative, CertificateFiles set, FileForm form)
      throws SshFailure {
    if (sftp.getExtension(POSIX_RENAME) == null) {
      throw SshFailure.of(
          ErrorClass.FINAL,
          "Sftp.NoPosixRename",
          "the server cannot replace a file at once (" + POSIX_RENAME + ")");
    }
    try {
      String directory = below(base, relative);
      String live = directory + "/" + LIVE;
      if (set.areAt(name -> read(live + "/" + name)) && isGiven(live, set, form)) {
        return live;
      }
      requireSameDomain(live, set);
      String before = linked(live);
      String version = name();
      child(directory, VERSIONS);
      uploadOrRemove(directory + "/" + VERSIONS + "/" + version, set, form);
      replace(directory, VERSIONS + "/" + version);
      tidy(directory, before);
      return live;
    } catch (SftpException failed) {
      throw failure(failed);
    } catch (IOException failed) {
      throw failed.getCause() instanceof SftpException sftpFailed
          ? failure(sftpFailed)
          : SshFailure.of(ErrorClass.RETRY, "Sftp.Failed", String.valueOf(failed.getMessage()));
    }
  }

  private void take(String next) {
    step = next;
    steps.accept(next);
  }

  private SshFailure failure(SftpException failed) {
    boolean refused =
        failed.id == ChannelSftp.SSH_FX_PERMISSION_DENIED
            || failed.id == ChannelSftp.SSH_FX_OP_UNSUPPORTED;
    // The protocol has no code for a full disk.
    String full = failed.id == ChannelSftp.SSH_FX_FAILURE ? "; the disk may be full" : "";
    return SshFailure.of(
        refused ? ErrorClass.FINAL : ErrorClass.RETRY,
        refused ? "Sftp.Refused" : "Sftp.Failed",
        step + ": " + failed.getMessage() + full);
  }

  private String below(String base, String relative) throws SftpException, SshFailure {
    if (attributes(base, true).filter(SftpATTRS::isDir).isEmpty()) {
      throw SshFailure.of(ErrorClass.FINAL, "Sftp.NoBase", base + " is no directory there");
    }
    String directory = sftp.realpath(base);
    for (String name : relative.split("/")) {
      directory = child(directory, name);
    }
    return directory;
  }

  /** A directory in another, made where there is none; a link may lead anywhere, and is refused. */
  private String child(String parent, String name) throws SftpException, SshFailure {
    String child = parent.equals("/") ? "/" + name : parent + "/" + name;
    Optional<SftpATTRS> there = attributes(child, false);
    if (there.isEmpty()) {
      sftp.mkdir(child);
      sftp.chmod(OPEN, child);
    } else if (!there.get().isDir()) {
      throw SshFailure.of(ErrorClass.FINAL, "Sftp.Outside", child + " is a link or no directory");
    }
    return child;
  }

  private Optional<SftpATTRS> attributes(String path, boolean follow) throws SftpException {
    try {
      return Optional.of(follow ? sftp.stat(path) : sftp.lstat(path));
    } catch (SftpException failed) {
      if (failed.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  private byte @Nullable [] read(String path) throws IOException {
    try {
      if (attributes(path, true).isEmpty()) {
        return null;
      }
      try (InputStream in = sftp.get(path)) {
        return in.readNBytes(MOST_BYTES);
      }
    } catch (SftpException failed) {
      throw new IOException(failed);
    }
  }

  private boolean isGiven(String live, CertificateFiles set, FileForm form) throws SftpException {
    for (OneFile file : set.files()) {
      SftpATTRS there = sftp.stat(live + "/" + file.name());
      boolean same =
          (there.getPermissions() & PERMISSIONS) == mode(file, form)
              && isOf(form.owner(), there.getUId())
              && isOf(form.group(), there.getGId());
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOf(@Nullable String wanted, int there) {
    return wanted == null || Integer.parseUnsignedInt(wanted) == there;
  }

  private static int mode(OneFile file, FileForm form) {
    return file.secret() ? form.mode() : PUBLIC;
  }

  private void requireSameDomain(String live, CertificateFiles set) throws IOException, SshFailure {
    List<String> served = set.othersNames(name -> read(live + "/" + name));
    if (!served.isEmpty()) {
      throw SshFailure.of(
          ErrorClass.FINAL,
          "Sftp.OtherDomain",
          live
              + " is the certificate of "
              + String.join(", ", served)
              + "; name another directory, or remove it when nothing is served from it");
    }
  }

  /** Ordered by time, and different for two deliveries at the same one. */
  private String name() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(bytes);
  }

  /**
   * A set that is incomplete is not left there: its key would stay, and a full disk remain full.
   */
  private void uploadOrRemove(String version, CertificateFiles set, FileForm form)
      throws SftpException {
    try {
      upload(version, set, form);
    } catch (SftpException failed) {
      try {
        remove(version);
      } catch (SftpException left) {
        // A later delivery removes it.
        failed.addSuppressed(left);
      }
      throw failed;
    }
  }

  /** Nobody else gets into the directory before its files have their permissions. */
  private void upload(String version, CertificateFiles set, FileForm form) throws SftpException {
    take("create version");
    sftp.mkdir(version);
    sftp.chmod(PRIVATE, version);
    for (OneFile file : set.files()) {
      take("upload " + file.name());
      String path = version + "/" + file.name();
      sftp.put(new ByteArrayInputStream(file.content()), path);
      if (form.group() != null) {
        sftp.chgrp(Integer.parseUnsignedInt(form.group()), path);
      }
      if (form.owner() != null) {
        sftp.chown(Integer.parseUnsignedInt(form.owner()), path);
      }
      sftp.chmod(mode(file, form), path);
    }
    take("open version");
    sftp.chmod(OPEN, version);
  }

  private void replace(String directory, String target) throws SftpException {
    take("create link");
    // The library makes links relative to where it is.
    sftp.cd(directory);
    String link = "." + target.substring(target.indexOf('/') + 1);
    sftp.symlink(target, link);
    take("replace link");
    sftp.rename(link, LIVE);
  }

  private @Nullable String linked(String live) throws SftpException {
    if (attributes(live, false).filter(SftpATTRS::isLink).isEmpty()) {
      return null;
    }
    String target = sftp.readlink(live);
    return target.substring(target.lastIndexOf('/') + 1);
  }

  /** Removes the sets that are no longer in force, except the last one, which may still be read. */
  private void tidy(String directory, @Nullable String before) throws SftpException {
    take("tidy");
    for (String version : names(directory + "/" + VERSIONS)) {
      if (isOver(version) && !version.equals(before)) {
        remove(directory + "/" + VERSIONS + "/" + version);
      }
    }
    for (String name : names(directory)) {
      if (name.startsWith(".") && isOver(name.substring(1))) {
        sftp.rm(directory + "/" + name);
      }
    }
  }

  private void remove(String version) throws SftpException {
    for (String file : names(version)) {
      sftp.rm(version + "/" + file);
    }
    sftp.rmdir(version);
  }

  private boolean isOver(String name) {
    return NAME.matcher(name).matches()
        && name.compareTo(TIME.format(clock.instant().minus(UNDER_WAY))) < 0;
  }

  private List<String> names(String directory) throws SftpException {
    List<String> names = new ArrayList<>();
    sftp.ls(
        directory,
        entry -> {
          if (!entry.getFilename().equals(".") && !entry.getFilename().equals("..")) {
            names.add(entry.getFilename());
          }
          return ChannelSftp.LsEntrySelector.CONTINUE;
        });
    return names;
  }
}
