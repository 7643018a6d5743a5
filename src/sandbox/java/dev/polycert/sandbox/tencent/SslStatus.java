package dev.polycert.sandbox.tencent;

import java.util.Map;

/** The status numbers of DescribeCertificate that certificates reach by themselves. */
final class SslStatus {
  static final int REVIEWING = 0;
  static final int ISSUED = 1;
  static final int FAILED = 2;
  static final int EXPIRED = 3;
  static final int RECORD_ADDED = 4;
  static final int INFORMATION = 5;
  static final int CANCELLED = 7;
  static final int LETTER = 8;
  static final int REVOKING = 9;
  static final int REVOKED = 10;

  private static final Map<Integer, String> NAMES =
      Map.of(
          REVIEWING, "审核中",
          ISSUED, "已颁发",
          FAILED, "审核失败",
          EXPIRED, "已过期",
          RECORD_ADDED, "待验证",
          INFORMATION, "待提交资料",
          CANCELLED, "已取消",
          LETTER, "待上传确认函",
          REVOKING, "吊销中",
          REVOKED, "已吊销");

  private SslStatus() {}

  static String name(int status) {
    return NAMES.getOrDefault(status, "未知");
  }
}
