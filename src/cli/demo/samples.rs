//! The samples that are built into the program: the reports of `sample-data`, by their names there.

/// Declares the table, with the content of each file.
macro_rules! samples {
    ($($name:literal,)*) => {
        /// Name and content of each sample.
        pub const SAMPLES: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../../sample-data/", $name)))),*];
    };
}

samples! {
    "2017/quan-khu-10-so-ket-6-thang.txt",
    "2017/tong-cuc-kttv-quan-su-tong-ket.txt",
    "2017/vung-6-hai-quan-kiem-tra.txt",
    "2018/benh-vien-296-tap-huan.txt",
    "2018/quan-khu-10-trao-quyet-dinh.txt",
    "2018/quan-khu-11-quan-chinh.html",
    "2018/tong-cuc-du-tru-giao-ban-quy-3.txt",
    "2019/bo-chqs-phu-khe-hoi-thi.txt",
    "2019/quan-khu-10-tong-ket.txt",
    "2019/quan-khu-11-chuc-tet.txt",
    "2019/su-doan-987-hoi-thi-hau-can.html",
    "2019/vung-6-hai-quan-ban-giao-tu-lenh.txt",
    "2020/hoc-vien-duyen-hai-nghi-quyet.txt",
    "2020/quan-khu-10-ban-giao-chinh-uy.txt",
    "2020/quan-khu-10-dai-hoi.txt",
    "2020/quan-khu-11-dien-tap.txt",
    "2020/tong-cuc-kttv-quan-su-so-ket.txt",
    "2021/bo-chqs-phu-khe-kiem-tra.txt",
    "2021/quan-chung-ptbb-quan-triet.txt",
    "2021/quan-khu-10-thang-quan-ham.html",
    "2021/quan-khu-10-tong-ket.txt",
    "2021/quan-khu-10-tri-an.txt",
    "2021/quan-khu-11-giao-ban-9-thang.txt",
    "2021/tong-cuc-kttv-quan-su-bo-nhiem.txt",
    "2022/benh-vien-296-thang-quan-ham.txt",
    "2022/quan-chung-ptbb-tiep-khach.html",
    "2022/quan-doan-9-tap-huan.txt",
    "2022/quan-khu-10-tong-ket.txt",
    "2022/quan-khu-11-ban-giao-tu-lenh.txt",
    "2022/tong-cuc-du-tru-tham.txt",
    "2022/tong-cuc-kttv-quan-su-tong-ket.txt",
    "2023/quan-doan-9-nghi-quyet.txt",
    "2023/quan-khu-10-kiem-tra-phong-chong-lut.txt",
    "2023/quan-khu-10-tong-ket.txt",
    "2023/quan-khu-11-bo-nhiem.txt",
    "2023/su-doan-987-dai-hoi-phu-nu.txt",
    "2023/tong-cuc-kttv-quan-su-so-ket.html",
    "2023/vung-6-hai-quan-tham-dan.txt",
    "2024/bo-chqs-phu-khe-tong-ket.txt",
    "2024/quan-chung-ptbb-thang-quan-ham.txt",
    "2024/quan-khu-10-ban-giao-chinh-uy.txt",
    "2024/quan-khu-10-giao-nhiem-vu.txt",
    "2024/quan-khu-10-tang-le.txt",
    "2024/quan-khu-11-giao-ban-thang-5.html",
    "2024/tong-cuc-du-tru-so-ket.txt",
    "2024/tong-cuc-kttv-quan-su-tong-ket.txt",
    "2025/bi-thu-an-linh-tham-bo-chqs.txt",
    "2025/bo-chqs-phu-khe-quyet-dinh-qncn.txt",
    "2025/hoc-vien-duyen-hai-ky-niem.txt",
    "2025/quan-khu-10-quan-chinh.txt",
    "2025/quan-khu-10-tong-ket.txt",
    "2025/quan-khu-11-dai-hoi.html",
    "2025/tong-cuc-du-tru-thang-quan-ham.txt",
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_report_of_the_sample_data_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
        let mut there = Vec::new();
        for year in std::fs::read_dir(&folder).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
            for file in std::fs::read_dir(year.path()).unwrap().flatten() {
                let path = file.path();
                if path.extension().is_some_and(|ending| ending != "expected") {
                    there.push(path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/"));
                }
            }
        }
        there.sort();
        let built_in: Vec<&str> = SAMPLES.iter().map(|sample| sample.0).collect();
        assert_eq!(built_in, there);
    }
}
